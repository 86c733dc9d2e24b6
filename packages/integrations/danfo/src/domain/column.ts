/** A value of a column; null is missing. */
export type Value = number | string | boolean | Date | null

/**
 * What a column holds, looked up in all its values: whole numbers, numbers, texts, booleans, times, a mixture of them (then its
 * values are texts), or nothing but missing values.
 */
export type ColumnKind = 'integer' | 'number' | 'text' | 'boolean' | 'time' | 'mixed' | 'empty'

/** A column with its name. */
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  readonly values: ReadonlyArray<Value>
}

/** The column of values that were read; a mixture becomes texts by `String`, times in ISO 8601. */
export function columnOf(name: string, values: ReadonlyArray<Value>): Column {
  const seen = new Set<ColumnKind>()
  for (const value of values) if (value !== null) seen.add(kindOf(value))
  const [first = 'empty'] = seen
  if (seen.size <= 1) return { name, kind: first, values }
  if (seen.size === 2 && seen.has('integer') && seen.has('number')) return { name, kind: 'number', values }
  return { name, kind: 'mixed', values: values.map((value) => (value === null ? null : textOf(value))) }
}

/** A value as text. */
export function textOf(value: number | string | boolean | Date): string {
  return value instanceof Date ? value.toISOString() : String(value)
}

function kindOf(value: number | string | boolean | Date): ColumnKind {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'string' ? 'text' : 'time'
}
