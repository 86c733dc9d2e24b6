/** A row as node:sqlite gives it. */
export type Row = Readonly<Record<string, unknown>>

/** A text that must be there. */
export function text(row: Row, column: string): string {
  return String(row[column])
}

/** A number that must be there. */
export function number(row: Row, column: string): number {
  return Number(row[column])
}

/** JSON that this package wrote; undefined for null. */
export function json(row: Row, column: string): unknown {
  const value = row[column]
  return typeof value === 'string' ? (JSON.parse(value) as unknown) : undefined
}
