import { join } from 'node:path'

import { type Cell, memoryEngine, sqlEngine } from '@nomaly/data-quality'
import { agree, type RandomColumn, randomMeasures, randomTable } from '@nomaly/data-quality/testing'
import { expect, it } from 'vitest'

import { startClickhouse } from '../data-profiling/clickhouse-process.ts'
import { pythonWith } from '../python-environment.ts'

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

it('answers alike about any table inside ClickHouse and in memory', { timeout: 600_000 }, async ({ skip }) => {
  const environment = await pythonWith(join(import.meta.dirname, '../../data-profiling/requirements.txt'))
  if (environment.kind === 'absent') return skip(`chdb cannot be had from PyPI: ${environment.why}`)
  const { query, stop } = await startClickhouse(environment.python)
  try {
    for (let seed = 1; seed <= 16; seed++) {
      const rows = [0, 3, 40, 150][seed % 4] ?? 0
      const columns = randomTable(rows, seed).map(known)
      for (const statement of statementsOf(columns, rows)) await query(statement)
      const described = columns.map(({ name, kind }) => ({ name, physicalType: TYPES[kind] ?? '' }))
      const inside = sqlEngine({
        dialect: 'clickhouse',
        query,
        source: 't',
        columns: [...described, { name: 'nr', physicalType: 'Int64' }],
        rowOrder: ['nr'],
      })
      const memory = memoryEngine({
        rows,
        columns: columns.map((column) => ({ ...column, physicalType: column.type })),
      })
      let state = seed
      const measures = randomMeasures(columns, 40, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
        return state / 4_294_967_296
      })
      const [expected, found] = [await memory.measure(measures), await inside.measure(measures)]
      for (const [i, measure] of measures.entries()) {
        if (agree(expected[i], found[i])) continue
        const statements = await inside.explain([measure])
        expect({ measure, statements, answer: found[i] }).toEqual({ measure, statements, answer: expected[i] })
      }
    }
  } finally {
    stop()
  }
  return undefined
})

function known(column: RandomColumn): RandomColumn {
  const isTime = column.kind === 'timestamp' || column.kind === 'date'
  return isTime
    ? { ...column, values: column.values.map((value) => (value !== null && Number(value) < EARLIEST ? 0 : value)) }
    : column
}

function statementsOf(columns: ReadonlyArray<RandomColumn>, rows: number): ReadonlyArray<string> {
  const quoted = (name: string): string => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
  const definitions = [...columns.map(({ name, kind }) => `${quoted(name)} ${TYPES[kind] ?? ''}`), 'nr Int64']
  const lines = Array.from(
    { length: rows },
    (_, row) => `(${[...columns.map(({ kind, values }) => literalOf(values[row] ?? null, kind)), row].join(', ')})`,
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
  if (kind === 'text') return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  if (kind === 'timestamp') return `fromUnixTimestamp64Micro(toInt64('${text}'), 'UTC')`
  if (kind === 'date') return `toDate32(${Number(value) / 86_400_000_000})`
  if (kind === 'float') return `toFloat64('${text.replace('Infinity', 'inf')}')`
  return kind === 'decimal' ? `toDecimal128('${text}', 4)` : text
}
