import { checkSeries } from '../check-series.ts'
import { robustSpread } from '../residual-band.ts'
import { binarySegmentation } from './binary-segmentation.ts'
import { pelt } from './pelt.ts'
import { type ChangeKind, checkSegmentation, segmentCost, type SegmentationOptions } from './segment-cost.ts'

/** How changes are looked for. */
export interface ChangePointOptions extends SegmentationOptions {
  /** Default `mean`. */
  readonly kind?: ChangeKind | undefined
  /** `pelt` (default) is exact, `binary` is faster on long series with few changes. */
  readonly method?: 'pelt' | 'binary' | undefined
  /** Changes at most, of `binary` alone. */
  readonly most?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A stretch of a series between two changes. */
export interface Piece {
  /** [from, to) */
  readonly from: number
  readonly to: number
  readonly mean: number
  readonly deviation: number
}

/**
 * Where a series changes for good: the pieces that it falls into, at least one.
 * @param values - shape (n), finite, n >= 2
 * @throws AnomalyDetectionError `series-too-short`, `missing-value`, `non-finite`, `invalid-parameters`, `cancelled`
 */
export function changePoints(values: Float64Array, options: ChangePointOptions = {}): ReadonlyArray<Piece> {
  const { kind = 'mean', method = 'pelt', least = 2, most = Infinity, signal } = options
  checkSeries(values, 2, 'change points')
  checkSegmentation(options)
  const cost = segmentCost(values, kind)
  const penalty = options.penalty ?? defaultPenalty(values, kind)
  const starts =
    method === 'pelt' ? pelt(cost, least, penalty, signal) : binarySegmentation(cost, least, penalty, { most, signal })
  const edges = [0, ...starts, values.length]
  return edges.slice(0, -1).map((from, at) => pieceOf(values, from, edges[at + 1] as number))
}

/**
 * 3 ln(n), in units of the variance of the noise where the cost is in the series' unit squared: that of the differences of
 * neighbours, which changes of the mean hardly touch.
 */
function defaultPenalty(values: Float64Array, kind: ChangeKind): number {
  const price = 3 * Math.log(values.length)
  if (kind === 'mean-and-variance') return price + Math.log(values.length) // there are two numbers to a piece
  const steps = values.subarray(1).map((value, t) => (value - (values[t] as number)) / Math.SQRT2)
  return Math.max(Number.MIN_VALUE, price * robustSpread(steps) ** 2)
}

function pieceOf(values: Float64Array, from: number, to: number): Piece {
  let mean = 0
  for (let t = from; t < to; t++) mean += (values[t] as number) / (to - from)
  let squares = 0
  for (let t = from; t < to; t++) squares += ((values[t] as number) - mean) ** 2
  return { from, to, mean, deviation: Math.sqrt(squares / (to - from)) }
}
