import type { SeriesScores } from './time-series-detector.ts'

/** Anomalous points that follow each other. */
export interface SeriesAnomaly {
  /** First and last of them. */
  readonly first: number
  readonly last: number
  /** How many points from first to last score above the threshold. */
  readonly points: number
  /** The one with the highest score. */
  readonly peak: number
  /** Its score, and its value. */
  readonly score: number
  readonly value: number
  /** What was expected there, and the band, where the method has them. */
  readonly expected?: number | undefined
  readonly lower?: number | undefined
  readonly upper?: number | undefined
}

/**
 * The anomalies of a series, in the order of time; a point without a value is none.
 * @param join - points of one anomaly lie at most so far apart, >= 1
 */
export function anomaliesIn(
  values: Float64Array,
  { scores, expected, lower, upper }: SeriesScores,
  threshold: number,
  join: number,
): ReadonlyArray<SeriesAnomaly> {
  const anomalies: SeriesAnomaly[] = []
  let [first, last, points, peak] = [-1, -1, 0, -1]
  const close = (): void => {
    if (first === -1) return
    const at = peak
    anomalies.push({
      first,
      last,
      points,
      peak,
      score: scores[at] as number,
      value: values[at] as number,
      ...(expected && { expected: expected[at] }),
      ...(lower && { lower: lower[at] }),
      ...(upper && { upper: upper[at] }),
    })
  }
  for (let t = 0; t < scores.length; t++) {
    const score = scores[t] as number
    if (!(score > threshold) || Number.isNaN(values[t])) continue
    if (first === -1 || t - last > join) {
      close()
      ;[first, points, peak] = [t, 0, t]
    }
    last = t
    points++
    if (score > (scores[peak] as number)) peak = t
  }
  close()
  return anomalies
}
