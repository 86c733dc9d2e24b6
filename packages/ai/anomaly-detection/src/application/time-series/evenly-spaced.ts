import { median } from '../../domain/numeric/order-statistic.ts'
import { commonStep, type GridAggregate, regularGrid, type RegularGrid } from '../../domain/time-series/regular-grid.ts'

const SPARSE = 4 // points of a grid a sample, beyond which the grid would be made of gaps

/** Samples as evenly spaced points, and what had to be done to them. */
export interface EvenlySpaced {
  /** Shape (points); NaN where there is nothing. */
  readonly values: Float64Array
  /** For each sample the point that it is part of, shape (n). */
  readonly pointOf: Int32Array
  /** Milliseconds from point to point; undefined where the samples are too uneven for a grid, and each is a point. */
  readonly stepMs: number | undefined
  /** Samples beyond the first at one point. */
  readonly merged: number
  /** Points without a sample, and in how many runs. */
  readonly empty: number
  readonly gaps: number
}

/**
 * Lays a grid over samples: of the step that is asked for, else of the most frequent one, else of the median one. Where even
 * that would be made of gaps for the most part, each sample is a point.
 * @param times - epoch milliseconds, ascending; shape (n)
 * @param values - shape (n)
 * @throws AnomalyDetectionError as `regularGrid`
 */
export function evenlySpaced(
  times: Float64Array,
  values: Float64Array,
  { stepMs, aggregate }: { readonly stepMs?: number | undefined; readonly aggregate?: GridAggregate | undefined } = {},
): EvenlySpaced {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const steps = stepMs === undefined ? [commonStep(times), medianStep(times)] : [stepMs]
  const step = steps.find((one) => stepMs !== undefined || span / one <= SPARSE * times.length)
  if (step !== undefined)
    return { ...regularGrid(times, values, { stepMs: step, aggregate, gaps: 'missing' }) } satisfies RegularGrid
  return { values, pointOf: Int32Array.from(times.keys()), stepMs: undefined, merged: 0, empty: 0, gaps: 0 }
}

function medianStep(times: Float64Array): number {
  const steps = times.subarray(1).map((time, at) => time - (times[at] as number))
  const positive = steps.filter((step) => step > 0)
  return positive.length === 0 ? 1 : median(positive)
}
