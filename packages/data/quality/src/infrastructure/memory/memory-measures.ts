import { compareCells } from '../../domain/cell-order.ts'
import type { Cell } from '../../domain/cell.ts'
import { sumOfDecimals } from '../../domain/decimal.ts'
import { QualityError } from '../../domain/errors.ts'
import type { AggregateName, Answer, Measure, ValueCount } from '../../domain/measure.ts'
import type { MemoryColumn, MemoryTable } from './memory-table.ts'
import { duplicatedRows, tupleKey } from './neighbour-rows.ts'
import { columnOf, rowTest, selected } from './row-test.ts'

/** The answer to one measure. */
export function measureTable(measure: Measure, table: MemoryTable): Answer {
  if (measure.kind === 'query') {
    throw new QualityError('quality/unsupported', 'a table in memory has no SQL: use an engine that has', {
      engine: 'memory',
    })
  }
  if (measure.kind === 'count') return countRows(measure.where, table)
  const rows = selected(measure.where, table)
  switch (measure.kind) {
    case 'aggregate':
      return aggregate(measure.name, columnOf(measure.column, table), rows)
    case 'orderStatistic':
      return orderStatistic(columnOf(measure.column, table), measure.rank, rows)
    case 'distinct':
      return countDistinct(columnsOf(measure.columns, table), rows)
    case 'duplicates':
      return duplicatedRows(columnsOf(measure.columns, table), rows).size
    case 'values':
      return countValues(columnsOf(measure.columns, table), measure, rows)
    case 'rows':
      return firstRows(table, measure, rows)
  }
}

function columnsOf(names: ReadonlyArray<string>, table: MemoryTable): ReadonlyArray<MemoryColumn> {
  return names.map((name) => columnOf(name, table))
}

function countRows(where: Extract<Measure, { kind: 'count' }>['where'], table: MemoryTable): number {
  const test = rowTest(where, table)
  let count = 0
  for (let row = 0; row < table.rows; row++) if (test(row) === true) count++
  return count
}

function* present({ values }: MemoryColumn, rows: Iterable<number>): Generator<Exclude<Cell, null>> {
  for (const row of rows) {
    const cell = values[row] ?? null
    if (cell !== null && !Number.isNaN(cell)) yield cell
  }
}

function aggregate(name: AggregateName, column: MemoryColumn, rows: Iterable<number>): Cell {
  const cells = present(column, rows)
  switch (name) {
    case 'min':
    case 'max':
      return extreme(cells, column, name === 'min' ? 1 : -1)
    case 'sum':
      return sumOf([...cells], column)
    case 'mean':
      return meanOf([...cells], column)
    case 'sd':
      return sdOf(cells)
  }
}

function extreme(cells: Iterable<Cell>, { kind }: MemoryColumn, sign: number): Cell {
  let best: Cell = null
  for (const cell of cells) if (best === null || compareCells(cell, best, kind) * sign < 0) best = cell
  return best
}

function sumOf(cells: ReadonlyArray<Exclude<Cell, null>>, { kind }: MemoryColumn): Cell {
  if (cells.length === 0) return null
  if (kind !== 'float') return sumOfDecimals(cells.map((cell) => (typeof cell === 'boolean' ? Number(cell) : cell)))
  // Neumaier's compensation: the engines' sums differ by the order of rows, this one hardly.
  let [sum, lost] = [0, 0]
  for (const cell of cells) {
    const value = Number(cell)
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return Number.isNaN(lost) ? sum : sum + lost
}

function meanOf(cells: ReadonlyArray<Exclude<Cell, null>>, column: MemoryColumn): Cell {
  const sum = sumOf(cells, column)
  return sum === null ? null : Number(sum) / cells.length
}

// Source: B. P. Welford (1962).
function sdOf(cells: Iterable<Cell>): Cell {
  let [count, mean, squares] = [0, 0, 0]
  for (const cell of cells) {
    const value = Number(cell)
    count++
    const away = value - mean
    mean += away / count
    squares += away * (value - mean)
  }
  return count < 2 ? null : Math.sqrt(squares / (count - 1))
}

function orderStatistic(column: MemoryColumn, rank: number, rows: Iterable<number>): Cell {
  return [...present(column, rows)].sort((a, b) => compareCells(a, b, column.kind))[rank] ?? null
}

function countDistinct(columns: ReadonlyArray<MemoryColumn>, rows: Iterable<number>): number {
  const seen = new Set<unknown>()
  for (const row of rows) seen.add(tupleKey(columns, row))
  return seen.size
}

function countValues(
  columns: ReadonlyArray<MemoryColumn>,
  { order, limit }: Extract<Measure, { kind: 'values' }>,
  rows: Iterable<number>,
): ReadonlyArray<ValueCount> {
  const counts = new Map<unknown, { values: ReadonlyArray<Cell>; count: number }>()
  for (const row of rows) {
    const key = tupleKey(columns, row)
    const known = counts.get(key)
    if (known === undefined) counts.set(key, { values: columns.map(({ values }) => values[row] ?? null), count: 1 })
    else known.count++
  }
  const byValue = (a: ValueCount, b: ValueCount): number => {
    for (const [i, { kind }] of columns.entries()) {
      const difference = compareCells(a.values[i] ?? null, b.values[i] ?? null, kind)
      if (difference !== 0) return difference
    }
    return 0
  }
  const sorted = [...counts.values()].sort((a, b) => (order === 'count' ? b.count - a.count : 0) || byValue(a, b))
  return limit === undefined ? sorted : sorted.slice(0, limit)
}

function firstRows(
  table: MemoryTable,
  { columns: names, flags = [], limit = Number.POSITIVE_INFINITY }: Extract<Measure, { kind: 'rows' }>,
  rows: Iterable<number>,
): ReadonlyArray<ReadonlyArray<Cell>> {
  const columns = columnsOf(names, table)
  const tests = flags.map((flag) => rowTest(flag, table))
  const found: Array<ReadonlyArray<Cell>> = []
  if (limit <= 0) return found
  for (const row of rows) {
    found.push([...columns.map(({ values }) => values[row] ?? null), ...tests.map((test) => test(row) === true)])
    if (found.length >= limit) break
  }
  return found
}
