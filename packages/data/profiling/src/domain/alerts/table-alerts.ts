import type { Alert } from '../alert.ts'
import type { TableSample } from '../cell.ts'
import type { Profile } from '../profile.ts'
import type { AlertThresholds } from './alert-thresholds.ts'
import { plainText, similarity } from './similar-texts.ts'
import { percent, rounded } from './statistic-text.ts'

/** Correlations that are told, each pair by the measure that fits its types. */
const CORRELATION_METHODS = ['spearman', 'cramers-v', 'phi-k'] as const
const MOST_CATEGORIES = 50
const LONGEST_CATEGORY = 100

/** What is worth a look across columns and rows. */
export function tableAlerts(profile: Profile, sample: TableSample, limits: AlertThresholds): ReadonlyArray<Alert> {
  return [
    ...(profile.rows === 0 || profile.columns.length === 0
      ? [
          {
            kind: 'empty' as const,
            statistic: 'rows',
            value: profile.rows,
            threshold: 0,
            message: 'the table is empty',
          },
        ]
      : []),
    ...rowAlerts(profile, sample),
    ...correlationAlerts(profile, limits),
    ...seriesAlerts(profile, limits),
    ...sample.columns.flatMap((column) => dirtyCategories(column, limits)),
  ]
}

function rowAlerts({ duplicateRows, rows }: Profile, sample: TableSample): ReadonlyArray<Alert> {
  const near = nearDuplicates(sample)
  const share = (duplicateRows ?? 0) / Math.max(1, rows)
  return [
    ...(duplicateRows !== null && duplicateRows > 0
      ? [
          {
            kind: 'duplicates' as const,
            statistic: 'rows that equal an earlier one',
            value: duplicateRows,
            threshold: 0,
            message: `${duplicateRows} rows (${percent(share)}) equal an earlier one`,
          },
        ]
      : []),
    ...(near > 0
      ? [
          {
            kind: 'near-duplicates' as const,
            statistic: 'rows that equal an earlier one but for case, accents, spaces and punctuation',
            value: near,
            threshold: 0,
            message: `${near} of ${sample.rows} rows looked at equal an earlier one but for case, accents, spaces and punctuation`,
          },
        ]
      : []),
  ]
}

// Rows that are equal as they stand are duplicates, not near ones.
function nearDuplicates({ columns, rows }: TableSample): number {
  if (!columns.some(({ kind }) => kind === 'text') || columns.some(({ kind }) => kind === 'other')) return 0
  const seen = new Map<string, Set<string>>()
  let near = 0
  for (let row = 0; row < rows; row++) {
    const cells = columns.map(({ values }) => values[row] ?? null)
    const exact = JSON.stringify(cells.map((cell) => (typeof cell === 'string' ? cell : String(cell))))
    const plain = JSON.stringify(cells.map((cell) => (typeof cell === 'string' ? plainText(cell) : String(cell))))
    const known = seen.get(plain)
    if (known === undefined) seen.set(plain, new Set([exact]))
    else if (!known.has(exact)) {
      near++
      known.add(exact)
    }
  }
  return near
}

function correlationAlerts({ correlations, columns }: Profile, limits: AlertThresholds): ReadonlyArray<Alert> {
  const alerts: Array<Alert> = []
  const told = new Set<string>()
  const order = new Map(columns.map(({ name }, i) => [name, i]))
  for (const method of CORRELATION_METHODS) {
    const table = correlations.find((one) => one.method === method)
    for (const [i, a] of (table?.columns ?? []).entries()) {
      for (const [j, b] of (table?.columns ?? []).entries()) {
        const value = table?.values[i * table.columns.length + j] ?? null
        const key = JSON.stringify([a, b])
        if (j >= i || value === null || told.has(key)) continue
        // A pair that an earlier, fitter measure has judged is not judged again.
        told.add(key)
        const size = Math.abs(value)
        const [later, earlier] = (order.get(a) ?? 0) > (order.get(b) ?? 0) ? [a, b] : [b, a]
        const pair = { column: later, statistic: `|${method}|`, value: size }
        if (size >= limits.highCorrelation) {
          alerts.push({
            ...pair,
            kind: 'high-correlation',
            threshold: limits.highCorrelation,
            message: `${JSON.stringify(later)} moves with ${JSON.stringify(earlier)} (${method} ${rounded(value)})`,
          })
        }
        if (size >= limits.rejected) {
          alerts.push({
            ...pair,
            kind: 'rejected',
            threshold: limits.rejected,
            message: `${JSON.stringify(later)} adds nothing to ${JSON.stringify(earlier)} (${method} ${rounded(value)})`,
          })
        }
      }
    }
  }
  return alerts
}

function seriesAlerts({ timeSeries }: Profile, limits: AlertThresholds): ReadonlyArray<Alert> {
  return (timeSeries?.series ?? []).flatMap(({ column, season, unitRoot }) => {
    const name = JSON.stringify(column)
    const isSeasonal = season !== null && season.autocorrelation >= limits.seasonal
    const wanders = unitRoot !== null && unitRoot.pValue > limits.nonStationary
    return [
      ...(isSeasonal
        ? [
            {
              kind: 'seasonal' as const,
              column,
              statistic: 'autocorrelation at the period',
              value: season.autocorrelation,
              threshold: limits.seasonal,
              message: `${name} repeats itself every ${season.period} rows (autocorrelation ${rounded(season.autocorrelation)})`,
            },
          ]
        : []),
      ...(wanders
        ? [
            {
              kind: 'non-stationary' as const,
              column,
              statistic: 'p-value of a unit root (augmented Dickey-Fuller)',
              value: unitRoot.pValue,
              threshold: limits.nonStationary,
              message: `${name} is not stationary (p ${rounded(unitRoot.pValue)})`,
            },
          ]
        : []),
    ]
  })
}

function dirtyCategories(
  { name, kind, values }: TableSample['columns'][number],
  limits: AlertThresholds,
): ReadonlyArray<Alert> {
  if (kind !== 'text') return []
  const different = new Set<string>()
  for (const value of values) {
    if (typeof value !== 'string' || value.length > LONGEST_CATEGORY) continue
    different.add(value)
    if (different.size > MOST_CATEGORIES) return []
  }
  const categories = [...different]
  if (categories.length * 2 > values.length) return [] // free text, not categories
  let [pairs, closest] = [0, 0]
  for (const [i, a] of categories.entries()) {
    for (const b of categories.slice(i + 1)) {
      const close = plainText(a) === plainText(b) ? 1 : similarity(a, b)
      if (close < limits.dirtyCategory || isNumbered(a, b)) continue
      pairs++
      closest = Math.max(closest, close)
    }
  }
  if (pairs === 0) return []
  return [
    {
      kind: 'dirty-category',
      column: name,
      statistic: 'similarity of the closest two categories',
      value: closest,
      threshold: limits.dirtyCategory,
      message: `${JSON.stringify(name)} has ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of categories that may be the same, up to ${percent(closest)} alike`,
    },
  ]
}

// `sensor-11` and `sensor-12` are alike on purpose.
function isNumbered(a: string, b: string): boolean {
  return a !== b && a.replaceAll(/\d+/g, '0') === b.replaceAll(/\d+/g, '0')
}
