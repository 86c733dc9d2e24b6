import { throwIfCancelled } from '../../domain/cancellation.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { alarmSpans } from '../../domain/metrics/series/alarm-spans.ts'
import { unscoredRows } from '../../domain/metrics/series/alarm-value.ts'
import { detectionDelay } from '../../domain/metrics/series/detection-delay.ts'
import { type LabelSpan, labelsOf } from '../../domain/metrics/series/label-span.ts'
import { NAB_PROFILES } from '../../domain/metrics/series/nab-profile.ts'
import { nabScore } from '../../domain/metrics/series/nab-score.ts'
import { rangePrecisionRecall } from '../../domain/metrics/series/range-precision-recall.ts'
import { volumeUnderSurface } from '../../domain/metrics/series/volume-under-surface.ts'
import { vusBufferOf } from '../../domain/metrics/series/vus-buffer.ts'
import type { SeriesScorer } from './series-scorer.ts'

/** A series whose anomalies are known. */
export interface LabelledSeries {
  readonly name: string
  /** Shape (n, d), oldest first; NaN where a value is missing. */
  readonly data: Matrix
  /** Shape (n), epoch milliseconds, where they are known. */
  readonly times: Float64Array | undefined
  readonly windows: ReadonlyArray<LabelSpan>
}

/** How well a detector found the windows of a corpus. */
export interface SeriesEvaluation {
  readonly detector: string
  /** Whether a score depended on its own row and earlier ones alone. */
  readonly causal: boolean
  /** NAB scores by profile: 100 is perfect, 0 is no alarm at all; one threshold for the corpus, the best for each profile. */
  readonly nab: number
  readonly nabLowFp: number
  readonly nabLowFn: number
  /** That of the standard profile, which the figures below but the volumes are at; null where no alarm is best. */
  readonly threshold: number | null
  /** Means over the series that have windows, in [0, 1]; null without such a series. */
  readonly vusPr: number | null
  readonly vusRoc: number | null
  /** Of ranges, over the corpus; in [0, 1]. */
  readonly rangePrecision: number
  readonly rangeRecall: number
  /** Share of the windows that were noticed. */
  readonly detected: number
  /** Mean rows from the begin of a window that was noticed to its first alarm; null where none was. */
  readonly delay: number | null
  /** Runs of alarms outside windows. */
  readonly falseAlarms: number
  readonly windows: number
  readonly series: number
  readonly rows: number
}

/** How an evaluation is told of, and stopped. */
export interface SeriesEvaluationOptions {
  readonly signal?: AbortSignal | undefined
  /** Told before each series is scored. */
  readonly onProgress?: ((detector: string, series: string) => void) | undefined
}

/**
 * Scores each series with each detector, without showing it the windows, and measures what it found.
 * @throws AnomalyDetectionError `invalid-label` where windows overlap or there are none; what the detectors throw; `cancelled`
 */
export async function evaluateSeries(
  corpus: ReadonlyArray<LabelledSeries>,
  scorers: ReadonlyArray<SeriesScorer>,
  { signal, onProgress }: SeriesEvaluationOptions = {},
): Promise<ReadonlyArray<SeriesEvaluation>> {
  const evaluations: SeriesEvaluation[] = []
  for (const scorer of scorers) {
    const scores: Float64Array[] = []
    for (const { name, data, times } of corpus) {
      onProgress?.(scorer.id, name)
      await pause() // lets a signal through
      throwIfCancelled(signal)
      scores.push(scorer.score(data, times))
    }
    evaluations.push(measured(scorer, corpus, scores))
  }
  return evaluations
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

function measured(
  { id, causal }: SeriesScorer,
  corpus: ReadonlyArray<LabelledSeries>,
  scores: ReadonlyArray<Float64Array>,
): SeriesEvaluation {
  const scored = corpus.map(({ windows }, index) => ({ windows, scores: scores[index] as Float64Array }))
  const standard = nabScore(scored, NAB_PROFILES.standard)
  const { windows, alarms } = onOneAxis(scored, standard.threshold)
  const range = rangePrecisionRecall(windows, alarms)
  const { detected, meanDelay, falseAlarms } = detectionDelay(windows, alarms)
  return {
    detector: id,
    causal,
    nab: standard.score,
    nabLowFp: nabScore(scored, NAB_PROFILES['reward-low-fp']).score,
    nabLowFn: nabScore(scored, NAB_PROFILES['reward-low-fn']).score,
    threshold: standard.threshold,
    ...volumes(corpus, scores),
    rangePrecision: range.precision,
    rangeRecall: range.recall,
    detected,
    delay: meanDelay,
    falseAlarms,
    windows: standard.windows,
    series: corpus.length,
    rows: scores.reduce((sum, { length }) => sum + length, 0),
  }
}

// Series after series, a row apart; alarms in the rows that NAB leaves out do not count.
function onOneAxis(
  scored: ReadonlyArray<{ readonly scores: Float64Array; readonly windows: ReadonlyArray<LabelSpan> }>,
  threshold: number | null,
): { readonly windows: ReadonlyArray<LabelSpan>; readonly alarms: ReadonlyArray<LabelSpan> } {
  const windows: LabelSpan[] = []
  const alarms: LabelSpan[] = []
  let offset = 0
  for (const { scores, windows: own } of scored) {
    const start = unscoredRows(scores.length)
    windows.push(
      ...moved(
        own.toSorted((a, b) => a.first - b.first),
        offset,
      ),
    )
    alarms.push(...moved(alarmSpans(scores.subarray(start), threshold), offset + start))
    offset += scores.length + 1
  }
  return { windows, alarms }
}

function moved(spans: ReadonlyArray<LabelSpan>, by: number): ReadonlyArray<LabelSpan> {
  return spans.map(({ first, last }) => ({ first: first + by, last: last + by }))
}

function volumes(
  corpus: ReadonlyArray<LabelledSeries>,
  scores: ReadonlyArray<Float64Array>,
): Pick<SeriesEvaluation, 'vusPr' | 'vusRoc'> {
  let [sumPr, sumRoc, counted] = [0, 0, 0]
  for (const [index, { data, windows }] of corpus.entries()) {
    const labels = labelsOf(windows, data.rows)
    if (!labels.includes(1) || !labels.includes(0)) continue
    const { vusPr, vusRoc } = volumeUnderSurface(scores[index] as Float64Array, labels, vusBufferOf(firstColumn(data)))
    sumPr += vusPr
    sumRoc += vusRoc
    counted++
  }
  return counted === 0 ? { vusPr: null, vusRoc: null } : { vusPr: sumPr / counted, vusRoc: sumRoc / counted }
}

// A missing value is the one before it.
function firstColumn({ data, rows, columns }: Matrix): Float64Array {
  let last = 0
  return Float64Array.from({ length: rows }, (_, row) => {
    const value = data[row * columns] as number
    if (!Number.isNaN(value)) last = value
    return last
  })
}
