import type { Expectation, Suite } from '../../../domain/expectation.ts'
import type { ExportedSuite } from '../imported-suite.ts'
import { wordOf } from '../untrusted-words.ts'
import { isPlain, propertyPartOf, relationshipOf, tableRuleOf } from './contract-part.ts'

/** What a contract says beside the suite. */
export interface ContractHead {
  /** Default: the suite's name. */
  readonly id?: string | undefined
  /** Default `1.0.0`. */
  readonly version?: string | undefined
  /** Default `draft`. */
  readonly status?: string | undefined
}

/** A column of the contract while it is put together. */
interface Property {
  readonly name: string
  logicalType: string
  readonly own: Record<string, unknown>
  readonly options: Record<string, unknown>
  readonly quality: Array<Readonly<Record<string, unknown>>>
}

/**
 * A contract of the Open Data Contract Standard 3.1 of one table. What the standard has words for is written in them; every other
 * expectation is a rule of the engine `nomaly`, so nothing is lost and `fromOdcs` reads it all back.
 */
export function toOdcs(suite: Suite, head: ContractHead = {}): ExportedSuite {
  const properties = new Map<string, Property>()
  const rules: Array<Readonly<Record<string, unknown>>> = []
  const relationships: Array<Readonly<Record<string, unknown>>> = []
  const propertyOf = (name: string): Property => {
    const property = properties.get(name) ?? { name, logicalType: '', own: {}, options: {}, quality: [] }
    properties.set(name, property)
    return property
  }
  // Types come first: what a column's options may be depends on its type.
  const ordered = [...suite.expectations].sort((a, b) => Number(isType(b)) - Number(isType(a)))
  for (const expectation of ordered) {
    const { column, columnSet, columnList } = expectation.kwargs
    if (expectation.type === 'expectTableColumnsToMatchSet' && Array.isArray(columnSet)) {
      for (const name of columnSet) propertyOf(wordOf(name))
      // A contract's table may have more columns than it names.
      if (expectation.kwargs['exactMatch'] !== false || !isPlain(expectation)) rules.push(customRule(expectation))
      continue
    }
    if (typeof column === 'string') {
      const property = propertyOf(column)
      if (!addToProperty(expectation, property)) property.quality.push(customRule(expectation))
      continue
    }
    if (Array.isArray(columnList)) for (const name of columnList) propertyOf(wordOf(name))
    const relationship = relationshipOf(expectation, suite.name)
    if (relationship === undefined) rules.push(tableRuleOf(expectation) ?? customRule(expectation))
    else relationships.push(relationship)
  }
  const meta = suite.meta === undefined ? {} : { customProperties: [{ property: 'nomaly', value: suite.meta }] }
  return {
    document: {
      version: head.version ?? '1.0.0',
      kind: 'DataContract',
      apiVersion: 'v3.1.0',
      id: head.id ?? suite.name,
      name: suite.name,
      status: head.status ?? 'draft',
      schema: [
        {
          name: suite.name,
          physicalType: 'table',
          properties: [...properties.values()].map(written),
          ...(relationships.length === 0 ? {} : { relationships }),
          ...(rules.length === 0 ? {} : { quality: rules }),
        },
      ],
      ...meta,
    },
    untranslated: [],
  }
}

function isType({ type }: Expectation): boolean {
  return type === 'expectColumnValuesToBeOfType' || type === 'expectColumnValuesToBeInTypeList'
}

function addToProperty(expectation: Expectation, property: Property): boolean {
  const part = propertyPartOf(expectation, property.logicalType)
  if (part === undefined) return false
  const [own, options] = [Object.entries(part.own ?? {}), Object.entries(part.options ?? {})]
  // One of a kind only: a second pattern or bound is a rule of its own.
  if (own.some(([key]) => key in property.own) || options.some(([key]) => key in property.options)) return false
  Object.assign(property.own, part.own)
  Object.assign(property.options, part.options)
  property.logicalType = logicalTypeOf(part.own) ?? property.logicalType
  if (part.rule !== undefined) property.quality.push(part.rule)
  return true
}

function logicalTypeOf(own: Readonly<Record<string, unknown>> = {}): string | undefined {
  const { logicalType } = own
  return typeof logicalType === 'string' ? logicalType : undefined
}

function written({ name, own, options, quality }: Property): Readonly<Record<string, unknown>> {
  return {
    name,
    ...own,
    ...(Object.keys(options).length === 0 ? {} : { logicalTypeOptions: options }),
    ...(quality.length === 0 ? {} : { quality }),
  }
}

function customRule({ type, kwargs, severity, meta, id }: Expectation): Readonly<Record<string, unknown>> {
  return {
    type: 'custom',
    engine: 'nomaly',
    implementation: { type, kwargs, ...(meta === undefined ? {} : { meta }) },
    ...(severity === undefined ? {} : { severity: severity === 'critical' ? 'error' : severity }),
    ...(id !== undefined && /^[A-Za-z0-9_-]+$/.test(id) ? { id } : {}),
  }
}
