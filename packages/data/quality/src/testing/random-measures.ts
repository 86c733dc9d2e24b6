import { bindCondition } from '../domain/bind-condition.ts'
import { cellValue } from '../domain/cell-value.ts'
import { isNumeric, isTime, type Cell, type ColumnKind, type TableColumn } from '../domain/cell.ts'
import type { Measure } from '../domain/measure.ts'
import type { Comparison, Condition, Literal, Predicate } from '../domain/predicate.ts'

/** A column with values to compare with. */
export interface KnownColumn {
  readonly name: string
  readonly kind: ColumnKind
  readonly values: ReadonlyArray<Cell>
}

const COMPARISONS: ReadonlyArray<Comparison> = ['<', '<=', '=', '<>', '>=', '>']
const PATTERNS = [
  'a',
  '^[a-z]',
  '\\d$',
  '(?i)^A',
  '^.{2,3}$',
  '[^a-z]',
  '\\bab',
  'o|z',
  '^$',
  "O'H",
  '\\\\',
  '(?:ab)*1|x',
]

/** Draws measures over a table; every kind, with conditions as deep as 2. `next` gives numbers in [0, 1). */
export function randomMeasures(
  columns: ReadonlyArray<KnownColumn>,
  count: number,
  next: () => number,
): ReadonlyArray<Measure> {
  const table: ReadonlyArray<TableColumn> = columns.map(({ name, kind }) => ({ name, kind, physicalType: '' }))
  return Array.from({ length: count }, () => measureOf(columns, table, next))
}

function pick<T>(items: ReadonlyArray<T>, next: () => number): T {
  const item = items[Math.floor(next() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

function measureOf(
  columns: ReadonlyArray<KnownColumn>,
  table: ReadonlyArray<TableColumn>,
  next: () => number,
): Measure {
  const where: Predicate = next() < 0.3 ? { op: 'true' } : bindCondition(conditionOf(columns, 2, next), table)
  const { name: column, kind, values } = pick(columns, next)
  const several = next() < 0.5 ? [column] : [column, pick(columns, next).name]
  const distinctColumns = [...new Set(several)]
  switch (Math.floor(next() * 7)) {
    case 0:
      return {
        kind: 'aggregate',
        name: pick(isNumeric(kind) ? ['min', 'max', 'sum', 'mean', 'sd'] : ['min', 'max'], next),
        column,
        where,
      }
    case 1: {
      const of = values.filter((value) => value !== null && !Number.isNaN(value)).length
      return {
        kind: 'orderStatistic',
        column,
        rank: Math.floor(next() * Math.max(1, of)),
        of: Math.max(1, of),
        where: { op: 'true' },
      }
    }
    case 2:
      return { kind: 'distinct', columns: distinctColumns, where }
    case 3:
      return { kind: 'duplicates', columns: distinctColumns, where }
    case 4:
      return { kind: 'values', columns: distinctColumns, where, order: next() < 0.5 ? 'count' : 'value', limit: 5 }
    case 5:
      return {
        kind: 'rows',
        columns: distinctColumns,
        where: neighbourly(where, columns, next),
        flags: Array.from({ length: Math.floor(next() * 3) }, () =>
          neighbourly(bindCondition(conditionOf(columns, 1, next), table), columns, next),
        ),
        limit: 7,
      }
    default:
      return { kind: 'count', where: neighbourly(where, columns, next) }
  }
}

function neighbourly(scope: Predicate, columns: ReadonlyArray<KnownColumn>, next: () => number): Predicate {
  const { name } = pick(columns, next)
  if (next() < 0.6) return scope
  const neighbour: Predicate =
    next() < 0.5
      ? {
          op: 'duplicated',
          columns: next() < 0.5 ? [name] : [...new Set([name, pick(columns, next).name])],
          scope: { op: 'and', args: [scope, { op: 'not', arg: { op: 'isNull', column: name } }] },
        }
      : { op: 'outOfOrder', column: name, descending: next() < 0.5, strictly: next() < 0.5, scope }
  return { op: 'and', args: [scope, neighbour] }
}

function conditionOf(columns: ReadonlyArray<KnownColumn>, depth: number, next: () => number): Condition {
  if (depth > 0 && next() < 0.5) {
    const args = [conditionOf(columns, depth - 1, next), conditionOf(columns, depth - 1, next)]
    const op = pick(['and', 'or', 'not', 'isTrue'] as const, next)
    return op === 'and' || op === 'or' ? { op, args } : { op, arg: args[0] ?? { op: 'true' } }
  }
  const { name: column, kind, values } = pick(columns, next)
  const comparison = pick(COMPARISONS, next)
  switch (Math.floor(next() * 6)) {
    case 0:
      return { op: 'isNull', column }
    case 1:
      return { op: 'isNaN', column }
    case 2: {
      const alike = columns.filter(
        (other) =>
          other.kind === kind || (isNumeric(kind) && isNumeric(other.kind)) || (isTime(kind) && isTime(other.kind)),
      )
      return { op: 'compareColumns', column, comparison, other: pick(alike, next).name }
    }
    case 3:
      if (kind === 'text') return { op: 'matches', column, pattern: pick(PATTERNS, next) }
      return isNumeric(kind) ? { op: 'sum', columns: [column, column], comparison, value: 2 } : { op: 'isNull', column }
    case 4:
      if (kind === 'text' && next() < 0.3) return { op: 'length', column, comparison, value: 2 }
      return { op: 'compare', column, comparison, value: literalOf(kind, values, next) }
    default:
      return {
        op: 'in',
        column,
        values: Array.from({ length: Math.floor(next() * 3) }, () => literalOf(kind, values, next)),
      }
  }
}

function literalOf(kind: ColumnKind, values: ReadonlyArray<Cell>, next: () => number): Literal {
  const known = values.filter((value) => value !== null && !Number.isNaN(value))
  const cell = known.length === 0 || next() < 0.1 ? DEFAULTS[kind] : pick(known, next)
  return isTime(kind) ? cellValue(cell, kind) : kind === 'integer' && next() < 0.1 ? Number(cell) + 0.5 : cell
}

const DEFAULTS: Readonly<Record<ColumnKind, Cell>> = {
  integer: 0,
  decimal: '1.5',
  float: 0.5,
  text: "it's",
  boolean: true,
  timestamp: 0,
  date: 0,
  other: null,
}
