import { argsort } from '../../numeric/argsort.ts'
import { countPositives } from '../labels.ts'

/** The highest F1 of any threshold, row by row, and that threshold. */
export interface BestF1 {
  /** In (0, 1], 1 is a perfect ranking. */
  readonly f1: number
  /** A row is predicted when its score is at least this; the highest of equally good ones. */
  readonly threshold: number
}

/**
 * What could be reached if the threshold were known: a bound, not a result. TSB-AD adds 0.00001 to the divisor of each F1.
 * @param scores - shape (n), finite, higher is more anomalous
 * @param labels - shape (n), 0 normal, anything else an anomaly
 * @throws AnomalyDetectionError `shape-mismatch`, or `invalid-label` where one class is absent
 */
export function bestF1(scores: Float64Array, labels: Uint8Array): BestF1 {
  const positives = countPositives(scores, labels)
  const order = argsort(scores)
  let best: BestF1 = { f1: 0, threshold: Infinity }
  let hits = 0
  for (let at = order.length - 1; at >= 0;) {
    const threshold = scores[order[at] as number] as number
    for (; at >= 0 && scores[order[at] as number] === threshold; at--) hits += labels[order[at] as number] === 0 ? 0 : 1
    const f1 = (2 * hits) / (positives + order.length - 1 - at)
    if (f1 > best.f1) best = { f1, threshold }
  }
  return best
}
