import type { ColumnProfile } from '../../domain/column-profile.ts'
import type { ProfileComparison } from '../../domain/comparison/profile-comparison.ts'
import type { Profile } from '../../domain/profile.ts'
import type { PrintedRecords } from './profile-command-context.ts'
import { sparkline } from './sparkline.ts'

const SPARKS = 16

/** A line a column, for people: range, shape, and what is worth a look. */
export function overviewRecords(profile: Profile): PrintedRecords {
  return {
    columns: [
      { name: 'column', kind: 'text' },
      { name: 'type', kind: 'text' },
      { name: 'missing', kind: 'text' },
      { name: 'different', kind: 'text' },
      { name: 'shape', kind: 'text' },
      { name: 'values', kind: 'text' },
      { name: 'notes', kind: 'text' },
    ],
    rows: profile.columns.map((column) => [
      column.name,
      column.type,
      column.nulls === 0 ? '' : shareText(column.nulls / profile.rows),
      `${column.distinct.exact ? '' : '~'}${column.distinct.value}`,
      sparkline(countsOf(column), SPARKS),
      valuesText(column),
      notesOf(column, profile),
    ]),
  }
}

/** A record a column, for programs. */
export function columnRecords(profile: Profile): PrintedRecords {
  const numeric = ['min', 'max', 'mean', 'sd'] as const
  return {
    columns: [
      { name: 'column', kind: 'text' },
      { name: 'type', kind: 'text' },
      { name: 'physical_type', kind: 'text' },
      { name: 'count', kind: 'integer' },
      { name: 'missing', kind: 'integer' },
      { name: 'distinct', kind: 'integer' },
      { name: 'distinct_exact', kind: 'integer' },
      ...numeric.map((name) => ({ name, kind: 'number' as const })),
      { name: 'median', kind: 'number' },
      { name: 'top', kind: 'text' },
      { name: 'top_count', kind: 'integer' },
      { name: 'meaning', kind: 'text' },
      { name: 'personal', kind: 'integer' },
      { name: 'alerts', kind: 'text' },
    ],
    rows: profile.columns.map((column) => {
      const { numbers, top, semantic, distinct } = column
      return [
        column.name,
        column.type,
        column.physicalType,
        column.count,
        column.nulls,
        distinct.value,
        distinct.exact ? 1 : 0,
        ...numeric.map((name) => numbers?.[name] ?? null),
        numbers?.quantiles.find(({ p }) => p === 0.5)?.value ?? null,
        top[0] === undefined ? null : String(top[0].value),
        top[0]?.count ?? null,
        semantic[0]?.kind ?? null,
        semantic.some(({ personal }) => personal) ? 1 : 0,
        alertKinds(column, profile).join(' '),
      ]
    }),
  }
}

/** A record a column that both tables have. */
export function driftRecords({ columns }: ProfileComparison): PrintedRecords {
  return {
    columns: [
      { name: 'column', kind: 'text' },
      { name: 'drift', kind: 'text' },
      { name: 'test', kind: 'text' },
      { name: 'adjusted_p', kind: 'number' },
      { name: 'distance', kind: 'number' },
      { name: 'measure', kind: 'text' },
      { name: 'missing_before', kind: 'number' },
      { name: 'missing_now', kind: 'number' },
      { name: 'missing_drift', kind: 'text' },
    ],
    rows: columns.map(({ column, values, missing }) => [
      column,
      values.outcome,
      ...(values.outcome === 'none'
        ? [values.reason, null, null, null]
        : [values.test, values.adjustedPValue, values.distance, values.measure]),
      missing.referenceShare,
      missing.currentShare,
      missing.outcome,
    ]),
  }
}

function countsOf({ numbers, dates, top }: ColumnProfile): ReadonlyArray<number> {
  return numbers?.histogram.counts ?? dates?.histogram.counts ?? top.map(({ count }) => count)
}

function valuesText({ numbers, dates, top, texts }: ColumnProfile): string {
  if (numbers !== undefined && numbers.min !== null) {
    const median = numbers.quantiles.find(({ p }) => p === 0.5)?.value
    return `${short(numbers.min)} .. ${median === undefined ? '' : `${short(median)} .. `}${short(numbers.max ?? 0)}`
  }
  if (dates !== undefined && dates.min !== null) return `${dayOf(dates.min)} .. ${dayOf(dates.max ?? dates.min)}`
  const [first] = top
  if (first !== undefined && first.count > 1) return `${cut(String(first.value))} (${first.count})`
  return texts === undefined ? '' : `${texts.minLength} to ${texts.maxLength} characters`
}

function notesOf(column: ColumnProfile, profile: Profile): string {
  const meanings = column.semantic.map(({ kind, personal }) => (personal ? `${kind} (personal)` : kind))
  return [...meanings, ...alertKinds(column, profile).filter((kind) => kind !== 'missing')].join(', ')
}

function alertKinds({ name }: ColumnProfile, { alerts }: Profile): ReadonlyArray<string> {
  return [...new Set(alerts.filter(({ column }) => column === name).map(({ kind }) => kind))]
}

function dayOf(at: number): string {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? `${at} ms` : time.toISOString().slice(0, 10)
}

function short(value: number): string {
  return String(Number(value.toPrecision(5)))
}

function shareText(share: number): string {
  return share > 0 && share < 0.001 ? '< 0.1 %' : `${(100 * share).toFixed(1)} %`
}

function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}
