import { FilesError } from './errors.ts'
import type { FilesErrorCode } from './errors.ts'

/** Where in a file something is: lines and records count from 1, `columnIndex` from 0. */
export interface Place {
  readonly path: string
  readonly line?: number
  readonly record?: number
  readonly column?: string
  readonly columnIndex?: number
  /** The number of bytes of the text before the place. */
  readonly position?: number
}

/** An error whose message reads `file: line 3, column 2 "b": problem`, and whose details are the place and `more`. */
export function errorAt(
  code: FilesErrorCode,
  place: Place,
  problem: string,
  more: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): FilesError {
  return new FilesError(code, `${placeText(place)}: ${problem}`, { ...place, ...more }, cause)
}

function placeText({ path, line, record, column, columnIndex }: Place): string {
  const parts: Array<string> = []
  if (line !== undefined) parts.push(`line ${line}`)
  if (record !== undefined) parts.push(`record ${record}`)
  if (columnIndex !== undefined) parts.push(`column ${columnIndex + 1}${column === undefined ? '' : ` "${column}"`}`)
  else if (column !== undefined) parts.push(`column "${column}"`)
  return parts.length === 0 ? sourceName(path) : `${sourceName(path)}: ${parts.join(', ')}`
}

// The standard input is called by its name.
function sourceName(path: string): string {
  return path === '-' ? 'the standard input' : path
}
