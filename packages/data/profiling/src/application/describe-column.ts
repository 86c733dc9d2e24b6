import { exactText, numberOf } from '../domain/cell-number.ts'
import { isNumeric, isTime, type TableSample } from '../domain/cell.ts'
import type { ColumnProfile } from '../domain/column-profile.ts'
import { jsonValue } from '../domain/json-value.ts'
import { DISTINCT_RELATIVE_ERROR } from '../domain/sketches/registers.ts'
import { columnType } from '../domain/statistics/column-type.ts'
import { dateStatistics } from '../domain/statistics/date-statistics.ts'
import { numberStatistics } from '../domain/statistics/number-statistics.ts'
import { textStatistics } from '../domain/statistics/text-statistics.ts'
import type { ColumnEvidence } from './column-evidence.ts'
import { columnSketch } from './column-sketch-of.ts'
import type { ProfileOptions } from './profile-options.ts'

/** The profile of a column from what the engine said, with the sample for what needs the values themselves. */
export function describeColumn(
  evidence: ColumnEvidence,
  rows: number,
  sample: TableSample,
  hash: string,
  options: ProfileOptions,
): ColumnProfile {
  const { column, totals, distinct, values } = evidence
  const all = values?.complete === true ? values.items.map(({ value }) => value) : undefined
  return {
    name: column.name,
    physicalType: column.physicalType,
    type: columnType(column.kind, totals.count, distinct.value, all),
    count: totals.count,
    nulls: rows - totals.count,
    distinct: distinct.exact ? distinct : { ...distinct, relativeError: DISTINCT_RELATIVE_ERROR },
    top: (values?.items ?? [])
      .slice(0, options.top)
      .flatMap(({ value, count }) => (value === null ? [] : [{ value: jsonValue(value, column.kind), count }])),
    ...statisticsOf(evidence, sample, options),
    semantic: [],
    ...(options.sketches ? { sketches: columnSketch(evidence, hash) } : {}),
  }
}

function statisticsOf(
  evidence: ColumnEvidence,
  sample: TableSample,
  options: ProfileOptions,
): Pick<ColumnProfile, 'numbers' | 'texts' | 'dates'> {
  const { column, totals } = evidence
  const finite = finiteValues(evidence)
  if (isNumeric(column.kind)) return { numbers: numbersOf(evidence, finite, options) }
  if (isTime(column.kind)) {
    return {
      dates: dateStatistics(
        evidence.distribution,
        finite?.map(([value]) => value),
        options.bins,
      ),
    }
  }
  if (totals.lengths === undefined) return {}
  return { texts: textStatistics(totals.lengths, totals.count, textsOf(evidence, sample)) }
}

function numbersOf(
  { totals, distribution, extremes }: ColumnEvidence,
  values: ReadonlyArray<readonly [number, number]> | undefined,
  options: ProfileOptions,
): ReturnType<typeof numberStatistics> {
  const sum = totals.sum ?? undefined
  return numberStatistics(
    {
      distribution,
      values,
      exactMin: totals.min === null || totals.min === undefined ? undefined : exactText(String(totals.min)),
      exactMax: totals.max === null || totals.max === undefined ? undefined : exactText(String(totals.max)),
      exactSum: sum === undefined ? undefined : exactText(sum),
      sum: sum === undefined ? undefined : Number(sum),
      zeros: totals.zeros ?? 0,
      negatives: totals.negatives ?? 0,
      infinities: (totals.positiveInfinities ?? 0) + (totals.negativeInfinities ?? 0),
      nans: totals.nans ?? 0,
      smallest: extremes?.smallest ?? [],
      largest: extremes?.largest ?? [],
    },
    options,
  )
}

function finiteValues({ values }: ColumnEvidence): ReadonlyArray<readonly [number, number]> | undefined {
  if (values?.complete !== true) return undefined
  return values.items
    .map(({ value, count }) => [numberOf(value), count] as const)
    .filter(([value]) => Number.isFinite(value))
    .sort(([a], [b]) => a - b)
}

function textsOf({ column, values }: ColumnEvidence, sample: TableSample): ReadonlyArray<readonly [string, number]> {
  const cells =
    values?.complete === true
      ? values.items.map(({ value, count }) => [value, count] as const)
      : (sample.columns.find(({ name }) => name === column.name)?.values ?? []).map((value) => [value, 1] as const)
  return cells.flatMap(([value, count]) => (typeof value === 'string' ? [[value, count] as const] : []))
}
