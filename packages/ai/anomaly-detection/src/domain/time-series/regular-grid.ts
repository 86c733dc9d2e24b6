/** Samples at any times as a series of evenly spaced points. */
import { AnomalyDetectionError } from '../errors.ts'
import { median } from '../numeric/order-statistic.ts'

const MOST_POINTS = 2 ** 26
const NEARLY = 0.01 // of a step: times that are off by less are on the grid

/** What becomes of several samples at one point of the grid. */
export type GridAggregate = 'mean' | 'median' | 'min' | 'max' | 'sum' | 'last'

/** What becomes of points without a sample: a line from neighbour to neighbour, the value before, or NaN. */
export type GapPolicy = 'interpolate' | 'previous' | 'missing'

/** How the grid is laid. */
export interface RegularGridOptions {
  /** Milliseconds from point to point, > 0; default the most frequent difference, or their median where all differ. */
  readonly stepMs?: number | undefined
  /** Default `mean`. */
  readonly aggregate?: GridAggregate | undefined
  /** Default `interpolate`. */
  readonly gaps?: GapPolicy | undefined
  /** A longer gap, in points, is left missing whatever the policy; default as long as it may be. */
  readonly longestGap?: number | undefined
}

/** Evenly spaced points, point i at `start + i * stepMs`. */
export interface RegularGrid {
  readonly start: number
  readonly stepMs: number
  /** Shape (points); NaN where there is nothing. */
  readonly values: Float64Array
  /** Samples at each point, shape (points); 0 where the value was filled in, or is missing. */
  readonly samples: Int32Array
  /** For each sample the point that it is part of, shape (n). */
  readonly pointOf: Int32Array
  /** Samples beyond the first at one point. */
  readonly merged: number
  /** Points without a sample, and how many runs of such there are. */
  readonly empty: number
  readonly gaps: number
}

/**
 * @param times - epoch milliseconds, finite, ascending; equal ones may follow each other; shape (n), n >= 1
 * @param values - shape (n); NaN is a sample that is not there
 * @throws AnomalyDetectionError `shape-mismatch`, `invalid-timestamp` where a time is no finite number or before the one ahead of
 *   it, `invalid-parameters` for a step that is no number above 0 or makes more than 67 million points
 */
export function regularGrid(times: Float64Array, values: Float64Array, options: RegularGridOptions = {}): RegularGrid {
  const { aggregate = 'mean', gaps = 'interpolate', longestGap = Infinity } = options
  checkTimes(times, values)
  const start = times[0] as number
  const stepMs = options.stepMs ?? commonStep(times)
  const points = pointsOf(times, stepMs)
  const pointOf = new Int32Array(times.length)
  for (let at = 0; at < times.length; at++) pointOf[at] = Math.floor(((times[at] as number) - start) / stepMs + NEARLY)
  const samples = new Int32Array(points)
  const result = new Float64Array(points).fill(Number.NaN)
  let merged = 0
  for (let from = 0; from < times.length;) {
    let to = from + 1
    while (to < times.length && pointOf[to] === pointOf[from]) to++
    const present = values.subarray(from, to).filter((value) => !Number.isNaN(value))
    const point = pointOf[from] as number
    samples[point] = present.length
    if (present.length > 0) result[point] = AGGREGATES[aggregate](present)
    merged += Math.max(0, present.length - 1)
    from = to
  }
  return { start, stepMs, samples, pointOf, merged, ...filled(result, samples, gaps, longestGap), values: result }
}

/** The most frequent difference above 0, or the median of them where none comes twice; 1 for a single time. */
export function commonStep(times: Float64Array): number {
  const counts = new Map<number, number>()
  const steps: number[] = []
  for (let at = 1; at < times.length; at++) {
    const step = (times[at] as number) - (times[at - 1] as number)
    if (!(step > 0)) continue
    steps.push(step)
    counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  if (steps.length === 0) return 1
  let best = 0
  let most = 0
  for (const [step, count] of counts) {
    if (count < most || (count === most && step >= best)) continue
    best = step
    most = count
  }
  return most > Math.max(1, steps.length / 4) || steps.length < 4 ? best : median(Float64Array.from(steps))
}

const AGGREGATES: Readonly<Record<GridAggregate, (values: Float64Array) => number>> = {
  mean: (values) => values.reduce((sum, value) => sum + value / values.length, 0),
  median,
  min: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  max: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  last: (values) => values.at(-1) as number, // there is one
}

function checkTimes(times: Float64Array, values: Float64Array): void {
  if (times.length !== values.length || times.length === 0) {
    throw new AnomalyDetectionError(
      'anomaly-detection/shape-mismatch',
      `a grid takes as many values (${values.length}) as times (${times.length}), and one at least`,
      { times: times.length, values: values.length },
    )
  }
  for (let at = 0; at < times.length; at++) {
    const time = times[at] as number
    if (Number.isFinite(time) && (at === 0 || time >= (times[at - 1] as number))) continue
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-timestamp',
      Number.isFinite(time)
        ? `time ${at} is before the one ahead of it: sort the samples by time first`
        : `time ${at} is ${time}; it must be a number of milliseconds`,
      { row: at },
    )
  }
}

function pointsOf(times: Float64Array, stepMs: number): number {
  const points = Math.floor(((times.at(-1) as number) - (times[0] as number)) / stepMs + NEARLY) + 1
  if (stepMs > 0 && points <= MOST_POINTS) return points
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-parameters',
    `a step of ${stepMs} ms from first to last time makes ${points} points; it must be above 0 and make at most ${MOST_POINTS}`,
    { option: 'stepMs', value: stepMs },
  )
}

// Fills gaps in place.
function filled(
  values: Float64Array,
  samples: Int32Array,
  policy: GapPolicy,
  longestGap: number,
): { readonly empty: number; readonly gaps: number } {
  let [empty, gaps] = [0, 0]
  for (let from = 0; from < values.length;) {
    if (samples[from] !== 0) {
      from++
      continue
    }
    let to = from
    while (to < values.length && samples[to] === 0) to++
    empty += to - from
    gaps++
    if (policy !== 'missing' && to - from <= longestGap) fillGap(values, from, to, policy)
    from = to
  }
  return { empty, gaps }
}

// [from, to) between two values; at the ends of the series the one there is stands for both.
function fillGap(values: Float64Array, from: number, to: number, policy: GapPolicy): void {
  const before = from > 0 ? (values[from - 1] as number) : Number.NaN
  const after = to < values.length ? (values[to] as number) : Number.NaN
  const left = Number.isNaN(before) ? after : before
  const right = policy === 'previous' || Number.isNaN(after) ? left : after
  for (let at = from; at < to; at++) values[at] = left + ((right - left) * (at - from + 1)) / (to - from + 1)
}
