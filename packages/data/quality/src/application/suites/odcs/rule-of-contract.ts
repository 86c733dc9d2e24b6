import type { Expectation, Severity } from '../../../domain/expectation.ts'
import { ALWAYS, allOf, type Condition, not } from '../../../domain/predicate.ts'
import { fromGreatExpectations } from '../from-great-expectations.ts'
import type { Place, SuiteDraft } from '../suite-draft.ts'
import { wordOf, wordsOf } from '../untrusted-words.ts'
import { columnNameOf, type ContractTable, type RuleScope } from './contract.ts'
import { addQuery } from './query-of-contract.ts'
import { type Bounds, boundsOf, isNone, mostlyOf } from './thresholds.ts'

type Rule = Readonly<Record<string, unknown>>
type Found = Pick<Expectation, 'type' | 'kwargs'> | string

const SEVERITIES: ReadonlyMap<string, Severity> = new Map(
  Object.entries<Severity>({
    error: 'critical',
    critical: 'critical',
    warning: 'warning',
    info: 'info',
  }),
)

/** Adds a quality rule of a contract. */
export function addRule(rule: Rule, scope: RuleScope, path: Place, draft: SuiteDraft): void {
  const { type, metric, rule: oldMetric } = rule
  if (type === 'text') return draft.leaveOut(path, 'it is a text for people')
  const named = metric ?? oldMetric
  const notes = notesOf(rule)
  if (type === 'custom') return addCustom(rule, notes, path, draft)
  if (type === 'sql') return addQuery(rule, scope, notes, path, draft)
  const found = libraryRule(typeof named === 'string' ? named : '', rule, scope)
  if (typeof found === 'string') draft.leaveOut(path, found)
  else draft.add(path, { ...found, ...notes })
}

/** Severity and what a rule says about itself. */
function notesOf(rule: Rule): Pick<Expectation, 'severity' | 'meta' | 'id'> {
  const { severity, id, name, description, dimension, businessImpact } = rule
  const told = Object.entries({ name, description, dimension, businessImpact }).filter(
    ([, value]) => value !== undefined,
  )
  const level = typeof severity === 'string' ? SEVERITIES.get(severity.toLowerCase()) : undefined
  return {
    ...(level === undefined || level === 'critical' ? {} : { severity: level }),
    ...(told.length === 0 ? {} : { meta: Object.fromEntries(told) }),
    ...(typeof id === 'string' ? { id } : {}),
  }
}

function libraryRule(metric: string, rule: Rule, { column, table }: RuleScope): Found {
  const bounds = boundsOf(rule)
  if (typeof bounds === 'string') return bounds
  const unit = rule['unit'] ?? 'rows'
  if (unit !== 'rows' && unit !== 'percent') return `the unit ${JSON.stringify(unit)} is not understood`
  const given = (name: string): unknown => argumentsOf(rule)[name]
  if (metric === 'rowCount') {
    if (unit === 'percent') return 'rowCount has no percentage'
    return { type: 'expectTableRowCountToBeBetween', kwargs: { ...bounds } }
  }
  if (metric === 'duplicateValues') return duplicateRule(column, given('properties'), bounds, unit, table)
  if (column === undefined) return `${metric} is of a column`
  switch (metric) {
    case 'nullValues':
      return nullRule(column, bounds, unit)
    case 'missingValues': {
      const missing = given('missingValues')
      if (!Array.isArray(missing)) return 'missingValues needs arguments.missingValues'
      const isThere: Condition = missing.includes(null) ? not({ op: 'isNull', column }) : ALWAYS
      return rowsRule(allOf(isThere, not({ op: 'in', column, values: withoutNull(missing) })), bounds, unit)
    }
    case 'invalidValues': {
      const [valid, pattern] = [given('validValues'), given('pattern')]
      if (Array.isArray(valid) && pattern === undefined)
        return valueRule('expectColumnValuesToBeInSet', { valueSet: withoutNull(valid) }, column, bounds, unit)
      if (typeof pattern === 'string' && valid === undefined)
        return valueRule('expectColumnValuesToMatchRegex', { regex: pattern }, column, bounds, unit)
      return 'invalidValues needs either arguments.validValues or arguments.pattern'
    }
    default:
      return metric === '' ? 'it names no metric' : `there is no metric ${JSON.stringify(metric)}`
  }
}

function nullRule(column: string, bounds: Bounds, unit: 'rows' | 'percent'): Found {
  if (isNone(bounds, unit)) return { type: 'expectColumnValuesToNotBeNull', kwargs: { column } }
  const mostly = unit === 'percent' ? mostlyOf(bounds) : undefined
  if (mostly !== undefined) return { type: 'expectColumnValuesToNotBeNull', kwargs: { column, mostly } }
  const aggregate = unit === 'percent' ? 'nullPercent' : 'nullCount'
  return { type: 'expectColumnAggregateToBeBetween', kwargs: { column, aggregate, ...bounds } }
}

// Values that are missing are neither valid nor invalid, as in the expectation.
function valueRule(
  type: string,
  kwargs: Expectation['kwargs'],
  column: string,
  bounds: Bounds,
  unit: 'rows' | 'percent',
): Found {
  if (isNone(bounds, unit)) return { type, kwargs: { column, ...kwargs } }
  const mostly = unit === 'percent' ? mostlyOf(bounds) : undefined
  if (mostly !== undefined) return { type, kwargs: { column, ...kwargs, mostly } }
  if (unit === 'percent') return 'of percentages only at most (mustBeLessOrEqualTo) has an expectation'
  const { valueSet, regex } = kwargs
  const valid: Condition =
    typeof regex === 'string'
      ? { op: 'matches', column, pattern: regex }
      : { op: 'in', column, values: Array.isArray(valueSet) ? valueSet : [] }
  return { type: 'expectTableRowCountToBeBetween', kwargs: { ...bounds, rowCondition: not(valid) } }
}

function rowsRule(good: Condition, bounds: Bounds, unit: 'rows' | 'percent'): Found {
  if (isNone(bounds, unit)) return { type: 'expectRowsToSatisfy', kwargs: { condition: good } }
  const mostly = unit === 'percent' ? mostlyOf(bounds) : undefined
  if (mostly !== undefined) return { type: 'expectRowsToSatisfy', kwargs: { condition: good, mostly } }
  if (unit === 'percent') return 'of percentages only at most (mustBeLessOrEqualTo) has an expectation'
  return { type: 'expectTableRowCountToBeBetween', kwargs: { ...bounds, rowCondition: not(good) } }
}

function duplicateRule(
  column: string | undefined,
  properties: unknown,
  bounds: Bounds,
  unit: 'rows' | 'percent',
  table: ContractTable,
): Found {
  const names = properties === undefined ? [] : wordsOf(properties)
  const columnList = names.map((name) => {
    const found = table.properties.find((one) => one.name === name)
    return found === undefined ? name : columnNameOf(found)
  })
  if (column === undefined && columnList.length === 0) return 'duplicateValues of a table needs arguments.properties'
  const mostly = isNone(bounds, unit) ? 1 : unit === 'percent' ? mostlyOf(bounds) : undefined
  if (mostly === undefined) return 'duplicates are none, or at most a percentage (mustBeLessOrEqualTo)'
  const share = mostly === 1 ? {} : { mostly }
  return column === undefined || columnList.length > 1
    ? { type: 'expectCompoundColumnsToBeUnique', kwargs: { columnList, ...share } }
    : { type: 'expectColumnValuesToBeUnique', kwargs: { column, ...share } }
}

// Ours, as `toOdcs` writes them, and those of Great Expectations.
function addCustom(rule: Rule, notes: ReturnType<typeof notesOf>, path: Place, draft: SuiteDraft): void {
  const { engine, implementation } = rule
  const name = wordOf(engine)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
  const at = [...path, 'implementation']
  if (name !== 'nomaly' && name !== 'greatexpectations') {
    draft.leaveOut(path, `rules of ${JSON.stringify(engine)} are not understood`)
    return
  }
  if (typeof implementation !== 'object' || implementation === null) {
    draft.leaveOut(at, 'it must be an object with type and kwargs')
    return
  }
  if (name === 'nomaly') {
    const [type, kwargs, meta]: ReadonlyArray<unknown> = ['type', 'kwargs', 'meta'].map((key): unknown =>
      Reflect.get(implementation, key),
    )
    const own = typeof kwargs === 'object' && kwargs !== null ? { ...kwargs } : {}
    const { meta: _, ...rest } = notes
    draft.add(at, {
      type: wordOf(type),
      kwargs: own,
      ...rest,
      ...(typeof meta === 'object' && meta !== null ? { meta: { ...meta } } : {}),
    })
    return
  }
  const { suite, untranslated } = fromGreatExpectations({ name: 'one', expectations: [implementation] })
  for (const { path: inner, ...fault } of untranslated)
    draft.leaveOut([...at, ...inner.slice(2)], fault.reason, fault.weakens)
  for (const expectation of suite.expectations) draft.add(at, { ...notes, ...expectation })
}

function argumentsOf(rule: Rule): Rule {
  const given = rule['arguments']
  return typeof given === 'object' && given !== null ? { ...given } : {}
}

function withoutNull(values: ReadonlyArray<unknown>): ReadonlyArray<string | number | boolean> {
  return values.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
}
