/**
 * The NAB score: early alarms in labelled windows earn, false alarms and missed windows cost.
 * Source: A. Lavin, S. Ahmad (2015), Evaluating real-time anomaly detection algorithms: the Numenta anomaly benchmark, ICMLA.
 */
import { AnomalyDetectionError } from '../../errors.ts'
import { argsort } from '../../numeric/argsort.ts'
import { falseAlarmValue, hitValue, unscoredRows } from './alarm-value.ts'
import { checkedSpans, type LabelSpan } from './label-span.ts'
import type { NabProfile } from './nab-profile.ts'

/** The scores of one series and its labelled windows, which do not overlap. */
export interface NabSeries {
  /** Shape (n), finite, higher is more anomalous; comparable between the series of a corpus. */
  readonly scores: Float64Array
  readonly windows: ReadonlyArray<LabelSpan>
}

/** How a corpus was scored. */
export interface NabScore {
  /** 100 is an alarm in the first row of every window and no other, 0 is no alarm at all; may be negative. */
  readonly score: number
  /** Before normalisation: the sum of what all alarms and misses are worth. */
  readonly raw: number
  /** A row is an alarm when its score is at least this; null: no alarm at all. */
  readonly threshold: number | null
  /** Labelled windows in the corpus. */
  readonly windows: number
}

/**
 * The score at the one threshold for the whole corpus that gives the highest, found among all distinct scores in
 * O(n log n); the highest of equally good ones.
 * @throws AnomalyDetectionError `non-finite`; `invalid-label` where windows overlap, leave the series, or there are none
 */
export function nabScore(corpus: ReadonlyArray<NabSeries>, profile: NabProfile): NabScore {
  const { scores, values, windowOf, windows } = gatherRows(corpus, profile)
  const order = argsort(scores)
  const earned = new Float64Array(windows).fill(-profile.fnWeight)
  let sum = -profile.fnWeight * windows
  let raw = sum
  let threshold: number | null = null
  for (let at = order.length - 1; at >= 0;) {
    const score = scores[order[at] as number] as number
    for (; at >= 0 && scores[order[at] as number] === score; at--) {
      const row = order[at] as number
      sum += gainOf(values[row] as number, windowOf[row] as number, earned)
    }
    if (sum <= raw) continue
    raw = sum
    threshold = score
  }
  return normalised(raw, threshold, windows, profile)
}

/**
 * The score at a threshold chosen elsewhere, such as on other files.
 * @param threshold - a row is an alarm when its score is at least this; null: no alarm at all
 * @throws as `nabScore`
 */
export function nabScoreAt(corpus: ReadonlyArray<NabSeries>, profile: NabProfile, threshold: number | null): NabScore {
  const { scores, values, windowOf, windows } = gatherRows(corpus, profile)
  const earned = new Float64Array(windows).fill(-profile.fnWeight)
  let raw = -profile.fnWeight * windows
  for (let row = 0; threshold !== null && row < scores.length; row++) {
    if ((scores[row] as number) >= threshold) raw += gainOf(values[row] as number, windowOf[row] as number, earned)
  }
  return normalised(raw, threshold, windows, profile)
}

// The first alarm of a window is the one worth most; a later or lower threshold only adds to it.
function gainOf(value: number, window: number, earned: Float64Array): number {
  if (window === -1) return value
  const before = earned[window] as number
  if (value <= before) return 0
  earned[window] = value
  return value - before
}

interface ScoredRows {
  readonly scores: Float64Array
  /** What an alarm in each row is worth. */
  readonly values: Float64Array
  /** The window that a row lies in, counted over the corpus; -1 outside. */
  readonly windowOf: Int32Array
  readonly windows: number
}

function gatherRows(corpus: ReadonlyArray<NabSeries>, profile: NabProfile): ScoredRows {
  const rows = corpus.reduce((sum, { scores }) => sum + scores.length - unscoredRows(scores.length), 0)
  const all = { scores: new Float64Array(rows), values: new Float64Array(rows), windowOf: new Int32Array(rows) }
  let at = 0
  let windows = 0
  for (const series of corpus) {
    const spans = checkedSpans(series.windows, series.scores.length)
    fillSeries(series.scores, spans, profile, windows, at, all)
    at += series.scores.length - unscoredRows(series.scores.length)
    windows += spans.length
  }
  if (windows > 0) return { ...all, windows }
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-label',
    'no series has a labelled window; the NAB score needs at least one',
  )
}

function fillSeries(
  scores: Float64Array,
  spans: ReadonlyArray<LabelSpan>,
  profile: NabProfile,
  firstWindow: number,
  from: number,
  into: Pick<ScoredRows, 'scores' | 'values' | 'windowOf'>,
): void {
  let next = 0
  const start = unscoredRows(scores.length)
  for (let row = 0, at = from - start; row < scores.length; row++, at++) {
    while (next < spans.length && (spans[next] as LabelSpan).last < row) next++
    if (row < start) continue
    const score = scores[row] as number
    if (!Number.isFinite(score)) throw notFinite(row, score)
    const span = spans[next]
    const isInside = span !== undefined && span.first <= row
    into.scores[at] = score
    into.windowOf[at] = isInside ? firstWindow + next : -1
    into.values[at] = isInside ? hitValue(row, span, profile) : falseAlarmValue(row, spans[next - 1], profile)
  }
}

function notFinite(row: number, score: number): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/non-finite', `the score of row ${row} is ${score}`, { row })
}

function normalised(raw: number, threshold: number | null, windows: number, profile: NabProfile): NabScore {
  const none = -profile.fnWeight * windows
  const perfect = profile.tpWeight * windows
  return { score: (100 * (raw - none)) / (perfect - none), raw, threshold, windows }
}
