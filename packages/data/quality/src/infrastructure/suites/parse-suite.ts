import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml'

import { parseSuiteData, type TextPosition } from '../../application/suites/suite-document.ts'
import { QualityError } from '../../domain/errors.ts'
import type { Suite } from '../../domain/expectation.ts'
import { withNumbers } from './document-text.ts'

/** How the text of a suite is written. */
export interface SuiteTextOptions {
  /** Default `yaml`, which reads JSON too; `json` reads nothing else. */
  readonly format?: 'json' | 'yaml'
}

/**
 * Reads a suite from JSON or YAML 1.2 and checks every expectation and its arguments. Whole numbers past 2^53 become bigint.
 * @throws QualityError `quality/invalid-suite`; messages begin with line and column, `details.issues` has every fault with its
 *   path, line, column and the nearest name
 */
export function parseSuite(text: string, { format = 'yaml' }: SuiteTextOptions = {}): Suite {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, {
    lineCounter,
    intAsBigInt: true,
    prettyErrors: false,
    schema: format === 'json' ? 'json' : 'core',
  })
  const at = (offset: number): TextPosition => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const [fault] = document.errors
  if (fault !== undefined) throw unreadable(fault.message, at(fault.pos[0]), fault)
  if (format === 'json') checkJson(text)
  return parseSuiteData(valueOf(document), (path) => {
    const offset = offsetOf(document, path)
    return offset === undefined ? undefined : at(offset)
  })
}

function valueOf(document: Document.Parsed): unknown {
  try {
    return withNumbers(document.toJS())
  } catch (error) {
    // Aliases that would grow without limit.
    throw unreadable(error instanceof Error ? error.message : String(error), { line: 1, column: 1 }, error)
  }
}

// Where the key stands, or the part itself in a list, or the nearest thing around it.
function offsetOf(document: Document.Parsed, path: ReadonlyArray<string | number>): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? undefined : document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    const pair = isMap(parent) ? parent.items.find(({ key }) => isNode(key) && String(key) === String(last)) : undefined
    const node = pair !== undefined ? pair.key : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return undefined
}

function checkJson(text: string): void {
  try {
    JSON.parse(text)
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), undefined, error)
  }
}

function unreadable(reason: string, at: TextPosition | undefined, cause: unknown): QualityError {
  const place = at === undefined ? '' : `line ${at.line}, column ${at.column}: `
  return new QualityError('quality/invalid-suite', `${place}${reason}`, { ...at, issues: [] }, cause)
}
