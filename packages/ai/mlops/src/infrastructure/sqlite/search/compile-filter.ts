import type { Comparison, Filter, Literal } from '../../../domain/search/filter.ts'
import { invalidFilter } from '../../../domain/search/invalid-filter.ts'
import { globPatternOf } from './glob-pattern.ts'
import { type Field, type SearchTarget, fieldOf } from './search-target.ts'
import { type SqlPart, joinParts, sqlPart } from './sql-part.ts'

/** How the compiler learns the number of a key; undefined: nothing has it. */
export type WordFinder = (text: string) => number | undefined

/** A condition on the thing `t`. */
export interface Condition {
  /** True or false for each row of `t`. */
  readonly test: SqlPart
  /** Answers the ids of all things that pass as `member`, some twice, where such a query may use an index. */
  readonly members?: SqlPart
}

/** Longest LIKE pattern: one of SQLite's limits is near, and long ones cost time. */
const LONGEST_PATTERN = 8000

/** The conditions that all must hold. @throws MlopsError `mlops/invalid-filter` */
export function compileFilter(
  filter: Filter | undefined,
  target: SearchTarget,
  text: string,
  wordOf: WordFinder,
): ReadonlyArray<Condition> {
  if (filter === undefined) return []
  const parts = filter.kind === 'and' ? filter.parts : [filter]
  return parts.map((part) => compile(part, target, text, wordOf))
}

function compile(filter: Filter, target: SearchTarget, text: string, wordOf: WordFinder): Condition {
  if (filter.kind !== 'and' && filter.kind !== 'or') return compileComparison(filter, target, text, wordOf)
  const parts = filter.parts.map((part) => compile(part, target, text, wordOf))
  const tests = parts.map((part) => part.test)
  const test = joinParts(balanced(tests, filter.kind), filter.kind === 'and' ? 'AND' : 'OR')
  const members = filter.kind === 'or' ? unionOf(parts) : undefined
  return members === undefined ? { test } : { test, members }
}

function unionOf(parts: ReadonlyArray<Condition>): SqlPart | undefined {
  const members = parts.flatMap((part) => (part.members === undefined ? [] : [part.members]))
  // SQLite takes at most 500 parts in a compound.
  if (members.length < parts.length || members.length > 400) return undefined
  return sqlPart(members.map((part) => part.text).join(' UNION ALL '), ...members.flatMap(({ values }) => values))
}

// SQLite takes expressions of at most 1000 levels, and a chain of ORs is a level each: groups keep them few.
function balanced(parts: ReadonlyArray<SqlPart>, kind: 'and' | 'or'): ReadonlyArray<SqlPart> {
  const GROUP = 50
  if (parts.length <= GROUP) return parts
  const groups: SqlPart[] = []
  for (let start = 0; start < parts.length; start += GROUP)
    groups.push(joinParts(parts.slice(start, start + GROUP), kind === 'and' ? 'AND' : 'OR'))
  return groups
}

function compileComparison(comparison: Comparison, target: SearchTarget, text: string, wordOf: WordFinder): Condition {
  const field = fieldOf(target, comparison.field, text, 'filter')
  checkComparison(comparison, field, text)
  if (field.place === 'own') return { test: valueTest(comparison, field.sql) }
  const word = field.key?.as === 'word' ? wordOf(field.keyText ?? '') : undefined
  if (field.key?.as === 'word' && word === undefined)
    return { test: sqlPart(comparison.kind === 'null' && !comparison.negated ? '1' : '0') }
  return compileRelated(comparison, field, word ?? field.keyText)
}

function compileRelated(
  comparison: Comparison,
  field: Extract<Field, { readonly place: 'related' }>,
  key: number | string | undefined,
): Condition {
  const scope = [
    ...(field.key === undefined || key === undefined ? [] : [sqlPart(`${field.key.column} = ?`, key)]),
    ...(field.where === undefined ? [] : [sqlPart(field.where)]),
  ]
  const absent = comparison.kind === 'null' && !comparison.negated
  const value = comparison.kind === 'null' ? sqlPart(`${field.value} IS NOT NULL`) : numberTest(comparison, field)
  const where = joinParts([...scope, value], 'AND')
  const values = [...(field.fromValues ?? []), ...where.values]
  // The `+` keeps SQLite from making a join of it, which would read all values of the key for each thing.
  const test = sqlPart(
    `${absent ? 'NOT ' : '+'}EXISTS (SELECT 1 FROM ${field.from} WHERE ${field.owner} = t.id AND ${where.text})`,
    ...values,
  )
  if (absent) return { test }
  return { test, members: sqlPart(`SELECT ${field.owner} AS member FROM ${field.from} WHERE ${where.text}`, ...values) }
}

// NaN is unequal to every number, and nothing else.
function numberTest(comparison: Comparison, { value, nan }: Extract<Field, { readonly place: 'related' }>): SqlPart {
  const test = valueTest(comparison, value)
  if (nan === undefined) return test
  const unequal =
    (comparison.kind === 'compare' && comparison.comparator === '!=') ||
    ((comparison.kind === 'in' || comparison.kind === 'between') && comparison.negated)
  return unequal
    ? sqlPart(`(${nan} = 1 OR ${test.text})`, ...test.values)
    : sqlPart(`(${nan} = 0 AND ${test.text})`, ...test.values)
}

function valueTest(comparison: Comparison, sql: string): SqlPart {
  switch (comparison.kind) {
    case 'null':
      return sqlPart(`${sql} IS ${comparison.negated ? 'NOT ' : ''}NULL`)
    case 'in':
      return sqlPart(
        `${sql} ${comparison.negated ? 'NOT ' : ''}IN (SELECT value FROM json_each(?))`,
        JSON.stringify(comparison.literals.map(({ value }) => value)),
      )
    case 'between':
      return sqlPart(
        `${sql} ${comparison.negated ? 'NOT ' : ''}BETWEEN ? AND ?`,
        comparison.from.value,
        comparison.to.value,
      )
    case 'compare':
      return compareTest(comparison, sql)
  }
}

function compareTest(
  { comparator, literal: { value } }: Extract<Comparison, { readonly kind: 'compare' }>,
  sql: string,
): SqlPart {
  switch (comparator) {
    case 'LIKE':
      return sqlPart(`${sql} GLOB ?`, globPatternOf(String(value)))
    case 'NOT LIKE':
      return sqlPart(`${sql} NOT GLOB ?`, globPatternOf(String(value)))
    case 'ILIKE':
    case 'NOT ILIKE':
      return sqlPart(`${sql} ${comparator.replace('ILIKE', 'LIKE')} ?`, String(value).replaceAll(/%+/g, '%'))
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return sqlPart(`${sql} ${comparator} ?`, value)
  }
}

function checkComparison(comparison: Comparison, field: Field, text: string): void {
  if (comparison.kind === 'null') return
  for (const literal of literalsOf(comparison)) checkLiteral(literal, field, text)
  if (comparison.kind !== 'compare') return
  const { comparator, comparatorPosition, literal } = comparison
  const patterns = comparator.endsWith('LIKE')
  const orders = /[<>]/.test(comparator)
  if (patterns ? field.kind === 'number' : orders && field.kind === 'text')
    throw invalidFilter(
      'comparator',
      text,
      comparatorPosition,
      `'${field.name.slice(0, 100)}' is a ${field.kind} and takes no ${comparator}` +
        (patterns ? '' : '; use = != LIKE ILIKE IN BETWEEN'),
    )
  if (patterns && String(literal.value).length > LONGEST_PATTERN)
    throw invalidFilter('too-large', text, literal.position, `a pattern may have ${LONGEST_PATTERN} characters`)
}

function literalsOf(comparison: Exclude<Comparison, { readonly kind: 'null' }>): ReadonlyArray<Literal> {
  if (comparison.kind === 'in') return comparison.literals
  return comparison.kind === 'between' ? [comparison.from, comparison.to] : [comparison.literal]
}

function checkLiteral({ value, position }: Literal, field: Field, text: string): void {
  if (typeof value === (field.kind === 'number' ? 'number' : 'string')) return
  const wanted = field.kind === 'number' ? 'a number without quotes' : 'a text in quotes'
  throw invalidFilter('value', text, position, `'${field.name.slice(0, 100)}' is compared with ${wanted}`)
}
