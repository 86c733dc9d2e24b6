import type { Dataset } from './dataset.ts'
import { AnomalyDetectionError } from './errors.ts'
import { copyColumn } from './numeric/column.ts'
import { median, quantile } from './numeric/order-statistic.ts'

/**
 * z-score: mean and population standard deviation; min-max: into [0, 1]; robust: median and interquartile range, as
 * scikit-learn's StandardScaler, MinMaxScaler and RobustScaler.
 */
export type NormalizationMethod = 'z-score' | 'min-max' | 'robust'

/** What was learned of each column: a value x becomes (x - center) / scale. Shapes (d). */
export interface Normalization {
  readonly method: NormalizationMethod
  readonly features: ReadonlyArray<string>
  readonly center: Float64Array
  /** Never 0: a constant column is divided by 1. */
  readonly scale: Float64Array
}

/** Learns the center and scale of every column. */
export function normalizationOf(dataset: Dataset, method: NormalizationMethod): Normalization {
  const center = new Float64Array(dataset.columns)
  const scale = new Float64Array(dataset.columns)
  const values = new Float64Array(dataset.rows)
  for (let column = 0; column < dataset.columns; column++) {
    copyColumn(dataset, column, values)
    const [c, s] = locationAndScale[method](values)
    center[column] = c
    scale[column] = s === 0 ? 1 : s
  }
  return { method, features: dataset.features, center, scale }
}

/**
 * Brings every column to a common scale; the input stays as it is.
 * @param by - a method, learned from this data set, or what was learned from another with the same columns
 * @throws AnomalyDetectionError `feature-mismatch` where the columns are not those of the other data set
 */
export function normalize(dataset: Dataset, by: NormalizationMethod | Normalization): Dataset {
  const { features, center, scale } = typeof by === 'string' ? normalizationOf(dataset, by) : by
  if (features.length !== dataset.columns || features.some((name, i) => name !== dataset.features[i])) {
    throw new AnomalyDetectionError(
      'anomaly-detection/feature-mismatch',
      `learned from columns ${features.join(', ')}, but the data set has ${dataset.features.join(', ')}`,
      { expected: features, found: dataset.features },
    )
  }
  const data = new Float64Array(dataset.data.length)
  for (let at = 0, column = 0; at < data.length; at++) {
    data[at] = ((dataset.data[at] as number) - (center[column] as number)) / (scale[column] as number)
    if (++column === dataset.columns) column = 0
  }
  return Object.freeze({ ...dataset, data })
}

const locationAndScale: Readonly<Record<NormalizationMethod, (values: Float64Array) => readonly [number, number]>> = {
  'z-score': (values) => {
    let mean = 0
    for (const value of values) mean += value
    mean /= values.length
    let squares = 0
    for (const value of values) squares += (value - mean) ** 2
    return [mean, Math.sqrt(squares / values.length)]
  },
  'min-max': (values) => {
    let low = Infinity
    let high = -Infinity
    for (const value of values) {
      if (value < low) low = value
      if (value > high) high = value
    }
    return [low, high - low]
  },
  robust: (values) => [median(values), quantile(values, 0.75) - quantile(values, 0.25)],
}
