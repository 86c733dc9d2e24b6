import type { NumberStatistics } from '../column-profile.ts'
import type { DistributionSketch } from '../sketches/column-sketch.ts'
import { histogramOf } from '../sketches/distribution.ts'
import { QUANTILE_RELATIVE_ERROR, quantilesOf } from '../sketches/log-buckets.ts'
import { mergeAllMoments, type Moments } from '../sketches/moments.ts'

/** What is known of a numeric column. */
export interface NumberEvidence {
  readonly distribution: DistributionSketch | undefined
  /** All different finite values with their counts, ascending: quantiles are then exact. */
  readonly values?: ReadonlyArray<readonly [value: number, times: number]> | undefined
  readonly exactMin?: string | undefined
  readonly exactMax?: string | undefined
  readonly exactSum?: string | undefined
  /** The exact sum, rounded to a double, where there is one. */
  readonly sum?: number | undefined
  readonly zeros: number
  readonly negatives: number
  readonly infinities: number
  readonly nans: number
  readonly smallest: ReadonlyArray<number>
  readonly largest: ReadonlyArray<number>
}

/** Statistics of a numeric column; members without meaning (no values, no spread) are null. */
export function numberStatistics(
  evidence: NumberEvidence,
  options: { readonly quantiles: ReadonlyArray<number>; readonly bins: number },
): NumberStatistics {
  const { distribution, values, exactMin, exactMax, exactSum } = evidence
  const cells = distribution?.cells ?? []
  const moments = mergeAllMoments(cells)
  const exactCells = values?.map(([value, n]) => ({
    span: 0,
    bucket: null,
    n,
    min: value,
    max: value,
    mean: value,
    m2: 0,
    m3: 0,
    m4: 0,
  }))
  return {
    min: cells[0]?.min ?? null,
    max: cells.at(-1)?.max ?? null,
    ...(exactMin === undefined ? {} : { exactMin }),
    ...(exactMax === undefined ? {} : { exactMax }),
    ...(exactSum === undefined ? {} : { exactSum }),
    mean: moments.n === 0 ? null : finiteOrNull(evidence.sum === undefined ? moments.mean : evidence.sum / moments.n),
    sum: moments.n === 0 ? null : finiteOrNull(evidence.sum ?? moments.mean * moments.n),
    ...shapeOf(moments, cells[0]?.min === cells.at(-1)?.max),
    zeros: evidence.zeros,
    negatives: evidence.negatives,
    infinities: evidence.infinities,
    nans: evidence.nans,
    quantiles: quantilesOf(exactCells ?? cells, options.quantiles),
    quantileRelativeError: exactCells === undefined && cells.length > 0 ? QUANTILE_RELATIVE_ERROR : 0,
    histogram: distribution === undefined ? { edges: [], counts: [] } : histogramOf(distribution, options.bins),
    smallest: evidence.smallest,
    largest: evidence.largest,
  }
}

function shapeOf(moments: Moments, constant: boolean): Pick<NumberStatistics, 'sd' | 'skewness' | 'kurtosis'> {
  const { n, m2, m3, m4 } = moments
  const sd = n < 2 ? null : finiteOrNull(constant ? 0 : Math.sqrt(m2 / (n - 1)))
  if (sd === null || sd === 0) return { sd, skewness: null, kurtosis: null }
  const g1 = Math.sqrt(n) * (m3 / m2 ** 1.5)
  const g2 = (n * m4) / (m2 * m2) - 3
  return {
    sd,
    skewness: n < 3 ? null : finiteOrNull((g1 * Math.sqrt(n * (n - 1))) / (n - 2)),
    kurtosis: n < 4 ? null : finiteOrNull(((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6)),
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
