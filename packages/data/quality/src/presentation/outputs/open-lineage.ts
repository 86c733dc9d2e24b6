import { expectationId } from '../../domain/expectation-id.ts'
import { subjectColumns } from '../../domain/expectation-subject.ts'
import type { Severity } from '../../domain/expectation.ts'
import type { ExpectationResult, ValidationResult } from '../../domain/validation-result.ts'
import { findingText, valueText } from './result-text.ts'

/** Which run, of what, on which data set: OpenLineage's names. */
export interface LineageNames {
  /** A UUID; the same for the events of one run. */
  readonly runId: string
  /** Default `nomaly`. */
  readonly jobNamespace?: string | undefined
  /** Default `check.` and the suite's name. */
  readonly jobName?: string | undefined
  /** Default `file`. For a database `postgres://host:port`. */
  readonly datasetNamespace?: string | undefined
  /** Default: the source. For a database `database.schema.table`. */
  readonly datasetName?: string | undefined
}

/** An OpenLineage RunEvent, as JSON data. */
export type OpenLineageEvent = Readonly<Record<string, unknown>>

const PRODUCER = 'https://www.npmjs.com/package/@nomaly/data-quality'
const EVENT_SCHEMA = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'
const FACETS = 'https://openlineage.io/spec/facets'
const SEVERITY: Readonly<Record<Severity, string>> = { critical: 'error', warning: 'warn', info: 'info' }

/**
 * A validation as OpenLineage run events: START, and COMPLETE with the facets dataQualityAssertions (1-1-0) and dataQualityMetrics
 * (1-0-3) on its input. They hold what the validation holds: mask values of people first, see `maskedValidation`.
 */
export function openLineageEvents(validation: ValidationResult, names: LineageNames): ReadonlyArray<OpenLineageEvent> {
  const dataset = { namespace: names.datasetNamespace ?? 'file', name: names.datasetName ?? validation.source }
  const event = (eventType: string, at: number, input: object): OpenLineageEvent => ({
    eventType,
    eventTime: new Date(at).toISOString(),
    producer: PRODUCER,
    schemaURL: EVENT_SCHEMA,
    run: { runId: names.runId, facets: {} },
    job: {
      namespace: names.jobNamespace ?? 'nomaly',
      name: names.jobName ?? `check.${validation.suite}`,
      facets: {},
    },
    inputs: [input],
    outputs: [],
  })
  const facets = { dataQualityAssertions: assertionsFacet(validation), dataQualityMetrics: metricsFacet(validation) }
  return [
    event('START', validation.startedAt, dataset),
    event('COMPLETE', validation.startedAt + validation.durationMs, { ...dataset, inputFacets: facets }),
  ]
}

function facet(name: string, version: string): Readonly<Record<string, string>> {
  return { _producer: PRODUCER, _schemaURL: `${FACETS}/${version}/${name}.json#/$defs/${name}` }
}

function assertionsFacet({ results }: ValidationResult): object {
  return { ...facet('DataQualityAssertionsDatasetFacet', '1-1-0'), assertions: results.map(assertionOf) }
}

function assertionOf(one: ExpectationResult): object {
  const { expectation, success, severity } = one
  const [column, ...others] = subjectColumns(expectation)
  const finding = findingText(one)
  const { mostly, ...expected } = expectation.kwargs
  return {
    assertion: expectation.type,
    success,
    // The facet's column is one; expectations of several are of the data set, and say which in their parameters.
    ...(column === undefined || others.length > 0 ? {} : { column }),
    severity: SEVERITY[severity],
    name: expectationId(expectation),
    expected: valueText(mostly === undefined ? expected : { ...expected, mostly }),
    ...(finding === '' ? {} : { actual: finding }),
    params: JSON.parse(JSON.stringify(expectation.kwargs, textOfBigint)),
  }
}

function textOfBigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

type Metrics = Record<string, number | Record<string, number>>

const BY_TYPE: ReadonlyArray<readonly [RegExp, string]> = [
  [/^expectColumnMinToBe/, 'min'],
  [/^expectColumnMaxToBe/, 'max'],
  [/^expectColumnSumToBe/, 'sum'],
  [/^expectColumnUniqueValueCountToBe/, 'distinctCount'],
]
const BY_AGGREGATE: Readonly<Record<string, string>> = {
  count: 'count',
  nullCount: 'nullCount',
  distinct: 'distinctCount',
  min: 'min',
  max: 'max',
  sum: 'sum',
}

// Only of expectations that judge all rows: a metric is of the data set.
function metricsFacet({ rows, results }: ValidationResult): object {
  const columns = new Map<string, Metrics>()
  for (const { expectation, result } of results) {
    const { column, rowCondition } = expectation.kwargs
    if (typeof column !== 'string' || (rowCondition !== undefined && rowCondition !== null)) continue
    const metrics = columns.get(column) ?? {}
    columns.set(column, metrics)
    if (result.missingCount !== undefined && result.elementCount === rows) metrics['nullCount'] = result.missingCount
    if (expectation.type === 'expectColumnValuesToNotBeNull' && result.unexpectedCount !== undefined)
      metrics['nullCount'] = result.unexpectedCount
    const name = metricOf(expectation.type, expectation.kwargs['aggregate'])
    const { observedValue } = result
    if (name !== undefined && typeof observedValue === 'number' && Number.isFinite(observedValue))
      metrics[name] = observedValue
    if (expectation.type === 'expectColumnMedianToBeBetween' && typeof observedValue === 'number')
      metrics['quantiles'] = { '0.5': observedValue }
  }
  return {
    ...facet('DataQualityMetricsInputDatasetFacet', '1-0-3'),
    rowCount: rows,
    columnMetrics: Object.fromEntries([...columns].filter(([, metrics]) => Object.keys(metrics).length > 0)),
  }
}

function metricOf(type: string, aggregate: unknown): string | undefined {
  if (type === 'expectColumnAggregateToBeBetween') return BY_AGGREGATE[String(aggregate)]
  return BY_TYPE.find(([pattern]) => pattern.test(type))?.[1]
}
