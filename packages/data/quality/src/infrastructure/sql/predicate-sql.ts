import { isoTime } from '../../domain/cell-value.ts'
import { isNumeric, isTime, type Cell, type TableColumn } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import { parsePattern } from '../../domain/pattern/parse-pattern.ts'
import type { Comparison, Predicate } from '../../domain/predicate.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** Where a condition stands. */
export interface PredicateContext {
  readonly dialect: SqlDialect
  readonly columns: ReadonlyArray<TableColumn>
  /** What a condition on other rows is called in the statement; such conditions have no SQL of their own. */
  readonly neighbour: (predicate: Extract<Predicate, { op: 'duplicated' | 'outOfOrder' }>) => string
}

/** A predicate as a condition in SQL: three-valued as there. */
export function predicateSql(predicate: Predicate, context: PredicateContext): string {
  const { dialect, columns } = context
  const inner = (part: Predicate): string => predicateSql(part, context)
  const named = (name: string): TableColumn => columnOf(name, columns)
  switch (predicate.op) {
    case 'true':
      return '1 = 1'
    case 'and':
    case 'or':
      if (predicate.args.length === 0) return predicate.op === 'and' ? '1 = 1' : '1 = 0'
      return `(${predicate.args.map(inner).join(predicate.op === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT (${inner(predicate.arg)})`
    case 'isTrue':
      return `CASE WHEN ${inner(predicate.arg)} THEN 1 = 1 ELSE 1 = 0 END`
    case 'isNull':
      return `${dialect.quote(predicate.column)} IS NULL`
    case 'isNaN':
      return dialect.isNan(dialect.asDouble(dialect.quote(predicate.column)))
    case 'compare':
      return compareSql(named(predicate.column), predicate.comparison, predicate.value, dialect)
    case 'in':
      return inSql(named(predicate.column), predicate.values, dialect)
    case 'compareColumns':
      return compareColumnsSql(named(predicate.column), predicate.comparison, named(predicate.other), dialect)
    case 'length':
      return `${dialect.codePoints(textSql(named(predicate.column), dialect))} ${predicate.comparison} ${String(predicate.value)}`
    case 'matches':
      return dialect.matches(textSql(named(predicate.column), dialect), parsePattern(predicate.pattern))
    case 'sum':
      return sumSql(predicate.columns.map(named), predicate.comparison, predicate.value, dialect)
    case 'duplicated':
    case 'outOfOrder':
      return context.neighbour(predicate)
  }
}

/** The column of that name; predicates are bound, so it exists. */
export function columnOf(name: string, columns: ReadonlyArray<TableColumn>): TableColumn {
  const found = columns.find((column) => column.name === name)
  if (found === undefined)
    throw new TypeError(`the measure was not bound to this table: no column ${JSON.stringify(name)}`)
  return found
}

/** A column as an expression that compares by value. */
export function valueSql(column: TableColumn, dialect: SqlDialect): string {
  const name = dialect.quote(column.name)
  if (column.kind === 'text') return dialect.byCodePoint(textSql(column, dialect))
  // Narrower floats are compared as doubles, which is what literals are.
  const isDouble = /^(double|float64|float8)/i.test(column.physicalType)
  return column.kind === 'float' && !isDouble ? dialect.asDouble(name) : name
}

/** A column as an expression by which rows are grouped: adding 0 makes one zero of -0 and 0. */
export function groupableSql(column: TableColumn, dialect: SqlDialect): string {
  return column.kind === 'float' ? `(${valueSql(column, dialect)} + 0)` : valueSql(column, dialect)
}

/** A column of texts as a text: engines hold UUIDs and enumerations apart. */
export function textSql(column: TableColumn, dialect: SqlDialect): string {
  const name = dialect.quote(column.name)
  return /uuid|enum|json|^time$/i.test(column.physicalType) ? dialect.asText(name) : name
}

/** A value as SQL, for comparison with its column. */
function literalSql(cell: Cell, column: TableColumn, dialect: SqlDialect): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (column.kind === 'float') return dialect.double(Number(cell))
  if (isTime(column.kind)) return dialect.time(sqlTime(BigInt(cell)), column)
  if (column.kind === 'text') return dialect.literal(String(cell))
  const digits = String(cell)
  if (!/^[+-]?\d+(\.\d+)?$/.test(digits)) throw new TypeError('a number was expected')
  const isLong = !digits.includes('.') && (BigInt(digits) > 2n ** 63n - 1n || BigInt(digits) < -(2n ** 63n))
  return isLong || digits.includes('.') ? dialect.exact(digits) : digits
}

function sqlTime(microseconds: bigint): string {
  const text = isoTime(microseconds, 'timestamp')
  if (!/^\d{4}-/.test(text)) {
    throw new QualityError('quality/unsupported', `times such as ${text} cannot be written in SQL: use years 1 to 9999`)
  }
  return text
    .replace('T', ' ')
    .replace('Z', '')
    .replace(/\.(\d{3})$/, '.$1000')
}

function compareSql(column: TableColumn, comparison: Comparison, value: Cell, dialect: SqlDialect): string {
  const expression = valueSql(column, dialect)
  const test = `${expression} ${comparison} ${literalSql(value, column, dialect)}`
  // Some engines hold NaN for the greatest number.
  const guard = column.kind === 'float' && (comparison === '>' || comparison === '>=')
  return guard ? `(${test} AND NOT ${parenthesized(dialect.isNan(expression))})` : test
}

function parenthesized(expression: string): string {
  return `(${expression})`
}

function inSql(column: TableColumn, values: ReadonlyArray<Cell>, dialect: SqlDialect): string {
  const expression = valueSql(column, dialect)
  const numbers = values.filter((value) => !Number.isNaN(value))
  const tests = [
    ...(numbers.length > 0
      ? [`${expression} IN (${numbers.map((value) => literalSql(value, column, dialect)).join(', ')})`]
      : []),
    ...(numbers.length < values.length ? [dialect.isNan(expression)] : []),
  ]
  // Of nothing at all: false, but unknown for null.
  if (tests.length === 0) return `CASE WHEN ${dialect.quote(column.name)} IS NOT NULL THEN 1 = 0 END`
  return tests.length === 1 ? (tests[0] ?? '') : `(${tests.join(' OR ')})`
}

function compareColumnsSql(a: TableColumn, comparison: Comparison, b: TableColumn, dialect: SqlDialect): string {
  const [left, right] = pairSql(a, b, dialect)
  const test = `${left} ${comparison} ${right}`
  const floats = [...(a.kind === 'float' ? [left] : []), ...(b.kind === 'float' ? [right] : [])]
  if (floats.length === 0) return test
  const nan = floats.map((double) => dialect.isNan(double)).join(' OR ')
  return `CASE WHEN ${left} IS NULL OR ${right} IS NULL THEN NULL WHEN ${nan} THEN ${comparison === '<>' ? '1 = 1' : '1 = 0'} ELSE ${test} END`
}

function pairSql(a: TableColumn, b: TableColumn, dialect: SqlDialect): readonly [string, string] {
  if (isTime(a.kind) && a.physicalType !== b.physicalType) {
    return [dialect.epochMicros(dialect.quote(a.name), a), dialect.epochMicros(dialect.quote(b.name), b)]
  }
  const isDouble = isNumeric(a.kind) && (a.kind === 'float' || b.kind === 'float')
  if (isDouble) return [dialect.asDouble(dialect.quote(a.name)), dialect.asDouble(dialect.quote(b.name))]
  return [valueSql(a, dialect), valueSql(b, dialect)]
}

function sumSql(
  columns: ReadonlyArray<TableColumn>,
  comparison: Comparison,
  value: number,
  dialect: SqlDialect,
): string {
  const isDouble = columns.some(({ kind }) => kind === 'float')
  const sum = columns
    .map((column) =>
      isDouble ? dialect.asDouble(dialect.quote(column.name)) : dialect.wide(dialect.quote(column.name), column),
    )
    .join(' + ')
  if (!isDouble) return `(${sum}) ${comparison} ${String(value).includes('e') ? dialect.double(value) : String(value)}`
  const nan = dialect.isNan(`(${sum})`)
  const otherwise = comparison === '<>' ? '1 = 1' : '1 = 0'
  return `CASE WHEN (${sum}) IS NULL THEN NULL WHEN ${nan} THEN ${otherwise} ELSE (${sum}) ${comparison} ${dialect.double(value)} END`
}
