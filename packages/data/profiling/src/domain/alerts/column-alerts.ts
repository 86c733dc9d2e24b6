import type { Alert, AlertKind } from '../alert.ts'
import type { ColumnProfile } from '../column-profile.ts'
import type { AlertThresholds } from './alert-thresholds.ts'
import { imbalanceOf } from './imbalance.ts'
import { percent, rounded } from './statistic-text.ts'
import { uniformProbability } from './uniform-probability.ts'

/** What is worth a look in one column by itself. Messages name the column and figures, never values. */
export function columnAlerts(column: ColumnProfile, rows: number, limits: AlertThresholds): ReadonlyArray<Alert> {
  const raise = raiser(column.name)
  if (column.count === 0) {
    return rows === 0 ? [] : [raise('empty', 'values', 0, 0, 'has no value at all')]
  }
  return [
    ...missingAlerts(column, rows, limits, raise),
    ...distinctAlerts(column, limits, raise),
    ...numberAlerts(column, limits, raise),
    ...shapeAlerts(column, limits, raise),
  ]
}

type Raise = (kind: AlertKind, statistic: string, value: number, threshold: number, text: string) => Alert

function raiser(name: string): Raise {
  return (kind, statistic, value, threshold, text) => ({
    kind,
    column: name,
    statistic,
    value,
    threshold,
    message: `${JSON.stringify(name)} ${text}`,
  })
}

function missingAlerts(
  { nulls, type, physicalType }: ColumnProfile,
  rows: number,
  limits: AlertThresholds,
  raise: Raise,
): ReadonlyArray<Alert> {
  const share = nulls / rows
  return [
    ...(share > limits.missing
      ? [raise('missing', 'share of missing values', share, limits.missing, `lacks ${percent(share)} of its values`)]
      : []),
    ...(type === 'unsupported'
      ? [raise('unsupported', 'supported values', 0, 1, `is of type ${physicalType}, of which values are only counted`)]
      : []),
  ]
}

function distinctAlerts(
  { distinct, count, type, top }: ColumnProfile,
  limits: AlertThresholds,
  raise: Raise,
): ReadonlyArray<Alert> {
  if (type === 'unsupported') return []
  if (distinct.exact && distinct.value === 1) {
    return [raise('constant', 'different values', 1, 1, 'has one value only')]
  }
  const isUnique = distinct.exact && distinct.value === count
  const isText = type === 'category' || type === 'text'
  const isMany = isText && distinct.value > limits.highCardinality && distinct.value <= count / 2
  const imbalance = type === 'category' || type === 'boolean' ? imbalanceOf(top, count, distinct.value) : 0
  return [
    ...(isUnique ? [raise('unique', 'different values', distinct.value, count, 'has no value twice')] : []),
    ...(isMany
      ? [
          raise(
            'high-cardinality',
            'different values',
            distinct.value,
            limits.highCardinality,
            `has ${distinct.exact ? '' : 'about '}${distinct.value} different values`,
          ),
        ]
      : []),
    ...(imbalance > limits.imbalance
      ? [
          raise(
            'imbalance',
            '1 - entropy / log2(categories)',
            imbalance,
            limits.imbalance,
            `is imbalanced: few of its ${distinct.value} values make up most rows (score ${rounded(imbalance)})`,
          ),
        ]
      : []),
  ]
}

function numberAlerts({ numbers, count }: ColumnProfile, limits: AlertThresholds, raise: Raise): ReadonlyArray<Alert> {
  if (numbers === undefined) return []
  const [zeros, infinite] = [numbers.zeros / count, numbers.infinities / count]
  const skew = Math.abs(numbers.skewness ?? 0)
  return [
    ...(zeros > limits.zeros
      ? [raise('zeros', 'share of zeros', zeros, limits.zeros, `is 0 in ${percent(zeros)} of its values`)]
      : []),
    ...(infinite > limits.infinite
      ? [raise('infinite', 'share of infinities', infinite, limits.infinite, `is infinite in ${percent(infinite)}`)]
      : []),
    ...(skew > limits.skewed
      ? [raise('skewed', '|skewness|', skew, limits.skewed, `is skewed (${rounded(numbers.skewness ?? 0)})`)]
      : []),
  ]
}

function shapeAlerts(column: ColumnProfile, limits: AlertThresholds, raise: Raise): ReadonlyArray<Alert> {
  const { texts, distinct, semantic, count } = column
  const uniform = uniformProbability(column)
  const dates = semantic
    .filter(({ kind }) => kind === 'iso-date' || kind === 'iso-datetime')
    .reduce((sum, { share }) => sum + share, 0)
  const isOneLength = texts !== undefined && texts.minLength === texts.maxLength && distinct.value > 1 && count > 1
  return [
    ...(uniform !== undefined && uniform > limits.uniform
      ? [
          raise(
            'uniform',
            'p-value of chi-square against equal counts',
            uniform,
            limits.uniform,
            `has its values evenly spread (p ${rounded(uniform)})`,
          ),
        ]
      : []),
    ...(texts !== undefined && dates >= limits.typeDate
      ? [
          raise(
            'type-date',
            'share of values that look like a date',
            dates,
            limits.typeDate,
            `holds dates as text in ${percent(dates)} of its values`,
          ),
        ]
      : []),
    ...(isOneLength
      ? [
          raise(
            'constant-length',
            'different lengths',
            1,
            1,
            `has texts of one length only (${texts.minLength} characters)`,
          ),
        ]
      : []),
  ]
}
