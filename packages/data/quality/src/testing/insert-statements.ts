import type { Cell } from '../domain/cell.ts'

/** A column as SQL makes it. */
export interface InsertedColumn {
  readonly name: string
  readonly type: string
  readonly values: ReadonlyArray<Cell>
}

/** Statements that DuckDB and Postgres both understand, which make the table and fill it. */
export function insertStatements(table: string, columns: ReadonlyArray<InsertedColumn>): ReadonlyArray<string> {
  const rows = columns[0]?.values.length ?? 0
  const definitions = columns.map(({ name, type }) => `"${name.replaceAll('"', '""')}" ${type}`)
  const lines = Array.from(
    { length: rows },
    (_, row) => `(${columns.map(({ type, values }) => literalOf(values[row] ?? null, type)).join(', ')})`,
  )
  const parts = Array.from({ length: Math.ceil(rows / 500) }, (_, i) => lines.slice(i * 500, i * 500 + 500).join(', '))
  return [
    `CREATE TABLE ${table} (${definitions.join(', ')})`,
    ...parts.map((part) => `INSERT INTO ${table} VALUES ${part}`),
  ]
}

function literalOf(value: Cell, type: string): string {
  if (value === null) return 'NULL'
  const text = Object.is(value, -0) ? '-0' : String(value)
  if (/^(TIMESTAMP|DATE)/.test(type) && typeof value !== 'boolean') return timeLiteral(BigInt(value), type)
  return /^(DOUBLE|VARCHAR|BOOLEAN)/.test(type) ? `'${text.replaceAll("'", "''")}'` : text
}

function timeLiteral(microseconds: bigint, type: string): string {
  const second = (microseconds - (((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n
  const rest = String(microseconds - second * 1_000_000n).padStart(6, '0')
  const [day = '', time = ''] = new Date(Number(second) * 1000).toISOString().slice(0, 19).split('T')
  const text = type === 'DATE' ? day : `${day} ${time}.${rest}${type.includes('ZONE') ? '+00' : ''}`
  return `${type === 'DATE' ? 'DATE' : type} '${text}'`
}
