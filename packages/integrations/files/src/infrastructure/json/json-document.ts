import { TokenParser, Tokenizer } from '@streamparser/json'

import { errorAt } from '../../domain/place.ts'
import type { Headed } from '../bytes/head.ts'
import { validUtf8 } from '../bytes/valid-utf8.ts'
import { columnName } from './record-source.ts'
import type { ValueBlock } from './record-source.ts'

/** The forms of a document: a list of records, or pandas' `orient="split"`: `{"columns":[...],"data":[[...],...]}`. */
export type DocumentShape = 'list' | 'split'

/** The records of a document as they are parsed; `names` is filled once the split form's columns were read. */
export interface JsonDocument {
  readonly names: () => ReadonlyArray<string> | undefined
  readonly blocks: AsyncGenerator<ValueBlock, void, undefined>
}

// Of a document that is not a list, pandas' split form begins with one of its keys.
const SPLIT = /^\s*\{\s*"(?:columns|index|data)"\s*:\s*\[/

/** What a JSON text is, from its first characters. */
export function documentShape(head: string): DocumentShape | 'lines' {
  if (/^\s*\[/.test(head)) return 'list'
  return SPLIT.test(head) ? 'split' : 'lines'
}

/** Reads a document record by record. @throws FilesError, from `blocks`, `files/malformed` with line and position. */
export function jsonDocument(path: string, { chunks }: Headed, shape: DocumentShape): JsonDocument {
  let names: ReadonlyArray<string> | undefined
  let values: Array<unknown> = []
  const paths = shape === 'list' ? ['$.*'] : ['$.columns', '$.index.*', '$.data.*']
  const parser = new TokenParser({ paths, keepStack: false })
  parser.onValue = ({ value, key, stack }) => {
    if (shape === 'split' && stack.length === 1) {
      if (key === 'columns' && Array.isArray(value)) names = value.map(columnName)
      return
    }
    if (shape === 'split' && stack[1]?.key !== 'data') return
    values.push(value)
  }
  const tokenizer = new Tokenizer()
  let offset = 0
  tokenizer.onToken = (token) => {
    offset = token.offset
    parser.write(token)
  }
  const blocks = async function* (): AsyncGenerator<ValueBlock, void, undefined> {
    let line = 1
    let before = 0
    let records = 0
    for await (const bytes of validUtf8(path, chunks)) {
      attempt(
        () => tokenizer.write(bytes),
        (error) => {
          const position = positionOf(error) ?? offset
          const within = bytes.subarray(0, Math.max(0, position - before))
          return syntaxError(path, line + newlinesIn(within), position, error)
        },
      )
      line += newlinesIn(bytes)
      before += bytes.length
      if (values.length === 0) continue
      const numbers = values.map((_, index) => records + index + 1)
      records += values.length
      const block = { values, numbers }
      values = []
      yield block
    }
    attempt(
      () => {
        if (!tokenizer.isEnded) tokenizer.end()
        if (!parser.isEnded) parser.end()
      },
      (error) => errorAt('files/malformed', { path, line, position: before }, 'the JSON ends too early', {}, error),
    )
  }
  return { names: () => names, blocks: blocks() }
}

function attempt(work: () => void, explain: (error: unknown) => Error): void {
  try {
    work()
  } catch (error) {
    throw explain(error)
  }
}

function syntaxError(path: string, line: number, position: number, cause: unknown): Error {
  const problem = `this is not JSON from byte ${position} on; correct it, or say the format "jsonl" for one value a line`
  return errorAt('files/malformed', { path, line, position }, problem, {}, cause)
}

function positionOf(error: unknown): number | undefined {
  const found = error instanceof Error ? /absolute position "(\d+)"/.exec(error.message)?.[1] : undefined
  return found === undefined ? undefined : Number(found)
}

function newlinesIn(bytes: Uint8Array): number {
  let found = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) found++
  return found
}
