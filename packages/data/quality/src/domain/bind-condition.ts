import { bindLiteral } from './bind-literal.ts'
import { isNumeric, isTime, type Cell, type ColumnKind, type TableColumn } from './cell.ts'
import { QualityError } from './errors.ts'
import { nearestName } from './nearest-name.ts'
import { parsePattern } from './pattern/parse-pattern.ts'
import type { Comparison, Condition, Literal, Predicate } from './predicate.ts'

/**
 * A condition as it was written, checked against a table: columns exist, values fit their kinds.
 * @throws QualityError `quality/unknown-column` with the nearest name, `quality/invalid-arguments` for a value of another kind,
 *   `quality/invalid-pattern`
 */
export function bindCondition(condition: Condition, columns: ReadonlyArray<TableColumn>): Predicate {
  const bind = (part: Condition): Predicate => bindCondition(part, columns)
  const named = (name: string): TableColumn => columnNamed(name, columns)
  switch (condition.op) {
    case 'true':
      return condition
    case 'and':
    case 'or':
      return { op: condition.op, args: condition.args.map(bind) }
    case 'not':
    case 'isTrue':
      return { op: condition.op, arg: bind(condition.arg) }
    case 'isNull':
      named(condition.column)
      return condition
    case 'isNaN':
      return named(condition.column).kind === 'float' ? condition : never(condition.column)
    case 'compare':
      return bindComparison(named(condition.column), condition.comparison, condition.value)
    case 'in':
      return bindSet(named(condition.column), condition.values)
    case 'compareColumns':
      checkComparable(named(condition.column), named(condition.other))
      return condition
    case 'length':
      checkText(named(condition.column), 'lengths are of texts')
      return condition
    case 'matches':
      checkText(named(condition.column), 'patterns match texts')
      parsePattern(condition.pattern)
      return condition
    case 'sum':
      for (const name of condition.columns) checkNumeric(named(name))
      return condition
    case 'duplicated':
      for (const name of condition.columns) named(name)
      return { ...condition, scope: bind(condition.scope) }
    case 'outOfOrder':
      checkOrdered(named(condition.column))
      return { ...condition, scope: bind(condition.scope) }
  }
}

/** The column of that name. @throws QualityError `quality/unknown-column` with the nearest name */
export function columnNamed(name: string, columns: ReadonlyArray<TableColumn>): TableColumn {
  const found = columns.find((column) => column.name === name)
  if (found !== undefined) return found
  const nearest = nearestName(
    name,
    columns.map((column) => column.name),
  )
  const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`
  throw new QualityError('quality/unknown-column', `there is no column ${JSON.stringify(name)}${hint}`, {
    column: name,
    ...(nearest === undefined ? {} : { nearest }),
  })
}

/** Refuses columns whose values have no numbers. @throws QualityError `quality/invalid-arguments` */
export function checkNumeric(column: TableColumn): void {
  if (!isNumeric(column.kind)) throw wrongKind(column, 'numbers are needed')
}

/** Refuses columns whose values have no order. @throws QualityError `quality/invalid-arguments` */
export function checkOrdered(column: TableColumn): void {
  if (column.kind === 'other') throw wrongKind(column, 'such values have no order')
}

/** Refuses columns that hold no text. @throws QualityError `quality/invalid-arguments` */
function checkText(column: TableColumn, why: string): void {
  if (column.kind !== 'text') throw wrongKind(column, why)
}

function checkComparable(a: TableColumn, b: TableColumn): void {
  checkOrdered(a)
  const alike = a.kind === b.kind || (isNumeric(a.kind) && isNumeric(b.kind)) || (isTime(a.kind) && isTime(b.kind))
  if (!alike) throw wrongKind(b, `${JSON.stringify(a.name)} holds ${a.kind} values: the two cannot be compared`)
}

function wrongKind(column: TableColumn, why: string): QualityError {
  return new QualityError(
    'quality/invalid-arguments',
    `column ${JSON.stringify(column.name)} holds ${column.kind} values: ${why}`,
    {
      column: column.name,
      kind: column.kind,
    },
  )
}

function bindComparison(column: TableColumn, comparison: Comparison, value: Literal): Predicate {
  checkOrdered(column)
  const cell = bindLiteral(value, column)
  if (cell === undefined || Number.isNaN(cell)) {
    throw wrongKind(
      column,
      `it cannot be compared with a ${value === null ? 'null' : typeof value} such as this argument`,
    )
  }
  const step = STEPS[column.kind]
  if (step === undefined || isMultiple(cell, step))
    return { op: 'compare', column: column.name, comparison, value: cell }
  return betweenSteps(column.name, comparison, Number(cell), step)
}

/** The kinds whose values are multiples of something: whole numbers, and days in microseconds. */
const STEPS: Partial<Record<ColumnKind, number>> = { integer: 1, date: 86_400_000_000 }

function isMultiple(cell: Cell, step: number): boolean {
  return typeof cell === 'bigint' ? cell % BigInt(step) === 0n : Number(cell) % step === 0
}

// A whole number never equals 2.5, and is below it where it is at most 2: so engines compare whole numbers, and days, only.
function betweenSteps(column: string, comparison: Comparison, value: number, step: number): Predicate {
  if (comparison === '=') return never(column)
  if (comparison === '<>') return { op: 'not', arg: never(column) }
  return comparison === '<' || comparison === '<='
    ? { op: 'compare', column, comparison: '<=', value: Math.floor(value / step) * step }
    : { op: 'compare', column, comparison: '>=', value: Math.ceil(value / step) * step }
}

// A value of another kind equals none of the column's.
function bindSet(column: TableColumn, values: ReadonlyArray<Literal>): Predicate {
  const cells = new Set<Cell>()
  const step = STEPS[column.kind]
  for (const value of values) {
    const cell = bindLiteral(value, column)
    if (cell !== undefined && (step === undefined || isMultiple(cell, step))) cells.add(cell)
  }
  return { op: 'in', column: column.name, values: [...cells] }
}

function never(column: string): Predicate {
  return { op: 'in', column, values: [] }
}
