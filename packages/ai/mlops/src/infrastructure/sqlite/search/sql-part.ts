import type { SqlValue } from '../driver.ts'

/** A piece of SQL with the values of its `?`, in order. What users wrote stands in values only, never in the text. */
export interface SqlPart {
  readonly text: string
  readonly values: ReadonlyArray<SqlValue>
}

/** A piece of SQL. */
export function sqlPart(text: string, ...values: ReadonlyArray<SqlValue>): SqlPart {
  return { text, values }
}

/** Pieces with a word between them, in parentheses. */
export function joinParts(parts: ReadonlyArray<SqlPart>, word: 'AND' | 'OR'): SqlPart {
  return { text: `(${parts.map(({ text }) => text).join(` ${word} `)})`, values: parts.flatMap(({ values }) => values) }
}
