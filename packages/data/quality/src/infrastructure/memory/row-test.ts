import { compareCells } from '../../domain/cell-order.ts'
import { isNumeric, type Cell, type ColumnKind } from '../../domain/cell.ts'
import { compareDecimals, sumOfDecimals } from '../../domain/decimal.ts'
import { patternMatcher } from '../../domain/pattern/pattern-matcher.ts'
import type { Comparison, Predicate } from '../../domain/predicate.ts'
import type { MemoryColumn, MemoryTable } from './memory-table.ts'
import { duplicatedRows, outOfOrderRows } from './neighbour-rows.ts'

/** Whether a condition is true of a row; null where it is unknown. */
export type RowTest = (row: number) => boolean | null

/** A predicate as a function of the row's number. */
export function rowTest(predicate: Predicate, table: MemoryTable): RowTest {
  switch (predicate.op) {
    case 'true':
      return () => true
    case 'and':
      return all(predicate.args.map((arg) => rowTest(arg, table)))
    case 'or':
      return any(predicate.args.map((arg) => rowTest(arg, table)))
    case 'not':
      return negated(rowTest(predicate.arg, table))
    case 'isTrue':
      return known(rowTest(predicate.arg, table))
    case 'duplicated':
      return member(
        duplicatedRows(
          predicate.columns.map((name) => columnOf(name, table)),
          selected(predicate.scope, table),
        ),
      )
    case 'outOfOrder':
      return member(outOfOrderRows(columnOf(predicate.column, table), predicate, selected(predicate.scope, table)))
    case 'compareColumns':
      return columnsTest(columnOf(predicate.column, table), predicate.comparison, columnOf(predicate.other, table))
    case 'sum':
      return sumTest(
        predicate.columns.map((name) => columnOf(name, table)),
        predicate.comparison,
        predicate.value,
      )
    case 'isNull':
    case 'isNaN':
      return cellTest({ op: predicate.op, column: predicate.column }, columnOf(predicate.column, table))
    case 'compare':
    case 'in':
    case 'length':
    case 'matches':
      return cellTest(predicate, columnOf(predicate.column, table))
  }
}

/** The rows of which the predicate is true, ascending. */
export function* selected(predicate: Predicate, table: MemoryTable): Generator<number> {
  const test = rowTest(predicate, table)
  for (let row = 0; row < table.rows; row++) if (test(row) === true) yield row
}

/** The column of that name; predicates are bound, so it exists. */
export function columnOf(name: string, table: MemoryTable): MemoryColumn {
  const found = table.columns.find((column) => column.name === name)
  if (found === undefined)
    throw new TypeError(`the measure was not bound to this table: no column ${JSON.stringify(name)}`)
  return found
}

function all(tests: ReadonlyArray<RowTest>): RowTest {
  return (row) => {
    let result: boolean | null = true
    for (const test of tests) {
      const value = test(row)
      if (value === false) return false
      if (value === null) result = null
    }
    return result
  }
}

function any(tests: ReadonlyArray<RowTest>): RowTest {
  return (row) => {
    let result: boolean | null = false
    for (const test of tests) {
      const value = test(row)
      if (value === true) return true
      if (value === null) result = null
    }
    return result
  }
}

function negated(test: RowTest): RowTest {
  return (row) => {
    const value = test(row)
    return value === null ? null : !value
  }
}

function known(test: RowTest): RowTest {
  return (row) => test(row) === true
}

function member(rows: ReadonlySet<number>): RowTest {
  return (row) => rows.has(row)
}

type ValuePredicate =
  | Extract<Predicate, { readonly op: 'compare' | 'in' | 'length' | 'matches' }>
  | { readonly op: 'isNaN'; readonly column: string }
type OneColumn = ValuePredicate | { readonly op: 'isNull'; readonly column: string }

function cellTest(predicate: OneColumn, { kind, values }: MemoryColumn): RowTest {
  if (predicate.op === 'isNull') return (row) => (values[row] ?? null) === null
  const test = valueTest(predicate, kind)
  return (row) => {
    const cell = values[row] ?? null
    return cell === null ? null : test(cell)
  }
}

function valueTest(predicate: ValuePredicate, kind: ColumnKind): (cell: Cell) => boolean {
  switch (predicate.op) {
    case 'isNaN':
      return (cell) => Number.isNaN(cell)
    case 'compare':
      return comparedWith(predicate.comparison, predicate.value, kind)
    case 'in': {
      const set = new Set(predicate.values)
      return (cell) => set.has(cell)
    }
    case 'length': {
      const { comparison, value } = predicate
      return (cell) => holds(comparison, Array.from(String(cell)).length - value)
    }
    case 'matches': {
      const matches = patternMatcher(predicate.pattern)
      return (cell) => matches(String(cell))
    }
  }
}

function comparedWith(comparison: Comparison, value: Cell, kind: ColumnKind): (cell: Cell) => boolean {
  return (cell) => {
    if (Number.isNaN(cell) || Number.isNaN(value)) return comparison === '<>'
    return holds(comparison, compareCells(cell, value, kind))
  }
}

function columnsTest(a: MemoryColumn, comparison: Comparison, b: MemoryColumn): RowTest {
  const compare = comparerOf(a.kind, b.kind)
  return (row) => {
    const [left, right] = [a.values[row] ?? null, b.values[row] ?? null]
    if (left === null || right === null) return null
    if (Number.isNaN(left) || Number.isNaN(right)) return comparison === '<>'
    return holds(comparison, compare(left, right))
  }
}

// Whole numbers and decimals are compared exactly, anything with a double as doubles: as databases do.
function comparerOf(a: ColumnKind, b: ColumnKind): (left: Cell, right: Cell) => number {
  if (a === b || !isNumeric(a)) return (left, right) => compareCells(left, right, a)
  if (a === 'float' || b === 'float') return (left, right) => compareCells(Number(left), Number(right), 'float')
  return (left, right) => compareDecimals(String(left), String(right))
}

function sumTest(columns: ReadonlyArray<MemoryColumn>, comparison: Comparison, value: number): RowTest {
  const exact = columns.every(({ kind }) => kind !== 'float')
  return (row) => {
    const cells = columns.map(({ values }) => values[row] ?? null)
    if (cells.includes(null)) return null
    if (exact) {
      const sum = sumOfDecimals(cells.map((cell) => (typeof cell === 'bigint' ? cell : String(cell))))
      return holds(comparison, compareDecimals(sum, String(value)))
    }
    const sum = cells.reduce((total: number, cell) => total + Number(cell), 0)
    return Number.isNaN(sum) ? comparison === '<>' : holds(comparison, compareCells(sum, value, 'float'))
  }
}

function holds(comparison: Comparison, order: number): boolean {
  switch (comparison) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '=':
      return order === 0
    case '<>':
      return order !== 0
    case '>=':
      return order >= 0
    case '>':
      return order > 0
  }
}
