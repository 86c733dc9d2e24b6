import { errorAt } from '../../domain/place.ts'
import type { RowSource } from '../../domain/row-source.ts'
import type { Headed } from '../bytes/head.ts'
import { documentShape, jsonDocument } from './json-document.ts'
import { jsonLines } from './json-lines.ts'
import { recordSource } from './record-source.ts'
import type { RecordForm, ValueBlock } from './record-source.ts'

/** What is told, rather than found, about a JSON file's form. */
export type JsonForm = Pick<RecordForm, 'path' | 'header' | 'sampleRows' | 'columns'>

/** The rows of one JSON value a line. */
export async function jsonLinesSource(form: JsonForm, headed: Headed): Promise<RowSource> {
  return recordSource({ ...form, numbering: 'line' }, jsonLines(form.path, headed))
}

/**
 * The rows of a JSON document: a list of records, a list of lists, or the split form.
 * @param lenient - read a text that is none of these as JSON lines, which many files named `.json` hold
 */
export async function jsonSource(form: JsonForm, headed: Headed, lenient: boolean): Promise<RowSource> {
  const { path } = form
  const shape = documentShape(new TextDecoder(encodingOf(headed.head)).decode(headed.head))
  if (shape === 'lines') {
    if (lenient || headed.head.length === 0) return jsonLinesSource(form, headed)
    const mend = 'say the format "jsonl" for one record a line'
    throw errorAt('files/malformed', { path, line: 1 }, `a JSON table is a list of records, like [{"a":1}]; ${mend}`)
  }
  const { names, blocks } = jsonDocument(path, headed, shape)
  if (shape === 'list') return recordSource({ ...form, numbering: 'record' }, blocks)
  const first = await blocks.next()
  const found = names()
  if (found === undefined) {
    throw errorAt('files/malformed', { path }, 'the list "columns" must stand before "data", within the first 256 KiB')
  }
  return recordSource({ ...form, numbering: 'record', names: found }, continued(first, blocks))
}

async function* continued(
  first: IteratorResult<ValueBlock, void>,
  rest: AsyncIterable<ValueBlock>,
): AsyncGenerator<ValueBlock, void, undefined> {
  if (first.done !== true) {
    yield first.value
    yield* rest
  }
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}
