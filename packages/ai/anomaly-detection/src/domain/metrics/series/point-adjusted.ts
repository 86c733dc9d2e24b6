/**
 * Point adjustment: a window in which any row is an alarm counts as found in every row. Papers on deep detectors report it, but
 * it flatters: random scores reach a high F1 where windows are long. Never compare it with anything but itself.
 * Source: H. Xu et al. (2018), Unsupervised anomaly detection via variational auto-encoder, WWW; the warning: S. Kim et al.
 * (2022), Towards a rigorous evaluation of time-series anomaly detection, AAAI.
 */
import type { LabelSpan } from './label-span.ts'

/** Each in [0, 1], 1 is best; 0 where there is nothing to divide by. */
export interface PointAdjusted {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/**
 * @param windows - the labelled ranges, oldest first, without overlap
 * @param alarms - the predicted ranges, oldest first, without overlap; see `alarmSpans`
 */
export function pointAdjusted(windows: ReadonlyArray<LabelSpan>, alarms: ReadonlyArray<LabelSpan>): PointAdjusted {
  let from = 0
  let labelled = 0
  let found = 0
  let inside = 0
  for (const window of windows) {
    const length = window.last - window.first + 1
    labelled += length
    while (from < alarms.length && (alarms[from] as LabelSpan).last < window.first) from++
    let met = 0
    for (let at = from; at < alarms.length && (alarms[at] as LabelSpan).first <= window.last; at++) {
      const { first, last } = alarms[at] as LabelSpan
      met += Math.min(last, window.last) - Math.max(first, window.first) + 1
    }
    inside += met
    if (met > 0) found += length
  }
  const alarmed = alarms.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const predicted = found + alarmed - inside
  const precision = predicted === 0 ? 0 : found / predicted
  const recall = labelled === 0 ? 0 : found / labelled
  return { precision, recall, f1: found === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
