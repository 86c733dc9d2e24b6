import { join } from 'node:path'

import { clickhouse, memoryEngine, profileTable, sqlEngine, type Cell } from '@nomaly/data-profiling'
import { comparableProfile, type RandomColumn, randomTable } from '@nomaly/data-profiling/testing'
import { expect, it } from 'vitest'

import { pythonWith } from '../python-environment.ts'
import { startClickhouse } from './clickhouse-process.ts'

const TYPES: Readonly<Record<string, string>> = {
  integer: 'Nullable(Int64)',
  decimal: 'Nullable(Decimal(24, 4))',
  float: 'Nullable(Float64)',
  text: 'Nullable(String)',
  boolean: 'Nullable(Bool)',
  timestamp: "Nullable(DateTime64(6, 'UTC'))",
  date: 'Nullable(Date32)',
}
const EARLIEST = -2_000_000_000_000_000 // ClickHouse's times begin in 1900.

it('says the same of any table inside ClickHouse as in memory', { timeout: 600_000 }, async ({ skip }) => {
  const environment = await pythonWith(join(import.meta.dirname, '../../data-profiling/requirements.txt'))
  if (environment.kind === 'absent') skip(`chdb cannot be had from PyPI: ${environment.why}`)
  else {
    const { query, stop } = await startClickhouse(environment.python)
    try {
      for (let seed = 1; seed <= 12; seed++) {
        const rows = [0, 3, 40, 150][seed % 4] ?? 0
        const columns = randomTable(rows, seed).map(known)
        for (const statement of statementsOf(columns, rows)) await query(statement)
        const inside = sqlEngine({
          dialect: clickhouse,
          query,
          source: 't',
          columns: columns.map(({ name, kind }) => ({ name, physicalType: TYPES[kind] ?? '' })),
        })
        const memory = memoryEngine({
          rows,
          columns: columns.map((column) => ({ ...column, physicalType: column.type })),
        })
        for (const options of [{}, { exactDistinct: 10 }]) {
          const [found, expected] = await Promise.all(
            [inside, memory].map((engine) => profileTable({ engine, now: () => 0, refinements: [] }, options)),
          )
          if (found === undefined || expected === undefined) throw new Error('two profiles were asked for')
          expect(comparableProfile(found, expected)).toEqual(comparableProfile(expected, found))
        }
      }
    } finally {
      stop()
    }
  }
})

function known(column: RandomColumn): RandomColumn {
  const isTime = column.kind === 'timestamp' || column.kind === 'date'
  return isTime
    ? { ...column, values: column.values.map((value) => (value !== null && Number(value) < EARLIEST ? 0 : value)) }
    : column
}

function statementsOf(columns: ReadonlyArray<RandomColumn>, rows: number): ReadonlyArray<string> {
  const definitions = columns.map(({ name, kind }) => `${clickhouse.quote(name)} ${TYPES[kind] ?? ''}`)
  const lines = Array.from(
    { length: rows },
    (_, row) => `(${columns.map(({ kind, values }) => literalOf(values[row] ?? null, kind)).join(', ')})`,
  )
  return [
    'DROP TABLE IF EXISTS t',
    `CREATE TABLE t (${definitions.join(', ')}) ENGINE = Memory`,
    ...(rows === 0 ? [] : [`INSERT INTO t VALUES ${lines.join(', ')}`]),
  ]
}

function literalOf(value: Cell, kind: string): string {
  if (value === null) return 'NULL'
  const text = String(value)
  if (kind === 'text') return clickhouse.literal(text)
  if (kind === 'timestamp') return `fromUnixTimestamp64Micro(toInt64('${text}'), 'UTC')`
  if (kind === 'date') return `toDate32(${Number(value) / 86_400_000_000})`
  if (kind === 'float') return `toFloat64('${text.replace('Infinity', 'inf')}')`
  return kind === 'decimal' ? `toDecimal128('${text}', 4)` : text
}
