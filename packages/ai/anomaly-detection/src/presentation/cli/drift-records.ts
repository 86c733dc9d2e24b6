import type { DriftReport, FeatureDrift, MissingDrift } from '../../domain/drift/two-sample/drift-report.ts'
import type { FeatureChange, NumberSummary } from '../../domain/drift/two-sample/feature-change.ts'
import type { OutputColumn, OutputRecords } from './command-context.ts'

const CATEGORIES_IN_TEXT = 3

const COLUMNS: ReadonlyArray<OutputColumn> = [
  { name: 'feature', kind: 'text' },
  { name: 'drift', kind: 'integer' },
  { name: 'method', kind: 'text' },
  { name: 'statistic', kind: 'number' },
  { name: 'pValue', kind: 'number' },
  { name: 'adjustedPValue', kind: 'number' },
  { name: 'effect', kind: 'number' },
  { name: 'change', kind: 'text', text: (value) => changeText(value as FeatureChange | null) }, // cells made below
  { name: 'missing', kind: 'text', text: (value) => missingText(value as MissingDrift | null) },
]

/** A line a column, those that have drifted first, the smallest p value before; at the end one of the joint test. */
export function driftRecords({ features, joint }: DriftReport): OutputRecords {
  const lines = features
    .toSorted((a, b) => Number(b.drifted) - Number(a.drifted) || orderOf(a) - orderOf(b))
    .map((one) => [
      one.feature,
      Number(one.drifted),
      one.method,
      one.statistic,
      one.pValue,
      one.adjustedPValue,
      one.effect,
      one.change,
      one.missing,
    ])
  if (joint === null) return { columns: COLUMNS, rows: lines }
  const { method, statistic, pValue, drifted, features: names } = joint
  const together = [`all number columns (${names.length})`, Number(drifted), method, statistic, pValue, pValue]
  return { columns: COLUMNS, rows: [...lines, [...together, null, null, null]] }
}

function orderOf({ adjustedPValue, missing }: FeatureDrift): number {
  return Math.min(adjustedPValue ?? 1, missing.adjustedPValue)
}

function changeText(change: FeatureChange | null): string {
  if (change === null) return ''
  if (change.kind === 'number') return `${summaryText(change.from)} -> ${summaryText(change.to)}`
  return change.shares
    .slice(0, CATEGORIES_IN_TEXT)
    .map(({ category, from, to }) => `${category} ${percent(from)} -> ${percent(to)}`)
    .join(', ')
}

function summaryText(summary: NumberSummary | null): string {
  return summary === null ? 'nothing' : `${rounded(summary.median)} (sd ${rounded(summary.sd)})`
}

function missingText(missing: MissingDrift | null): string {
  if (missing === null || missing.from + missing.to === 0) return ''
  return `${percent(missing.from)} -> ${percent(missing.to)}`
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)))
}
