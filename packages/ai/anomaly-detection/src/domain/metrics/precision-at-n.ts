/**
 * Precision in the top n rows, n = the number of anomalies: how many of them are found by looking at as many rows.
 * Rows that tie at the cut count at their expected share, so that their order in the file does not matter (PyOD's
 * precision_n_scores lets every tied row fall on the normal side).
 */
import { argsort } from '../numeric/argsort.ts'
import { countPositives } from './labels.ts'

/**
 * @param scores - shape (n), finite, higher is more anomalous
 * @param labels - shape (n), 0 normal, anything else an anomaly
 * @returns in [0, 1]; the share of anomalies is chance, 1 is a perfect ranking
 * @throws AnomalyDetectionError `shape-mismatch`, or `invalid-label` where one class is absent
 */
export function precisionAtN(scores: Float64Array, labels: Uint8Array): number {
  const positives = countPositives(scores, labels)
  const order = argsort(scores)
  let left = positives
  let expected = 0
  let at = scores.length - 1
  while (left > 0) {
    const score = scores[order[at] as number]
    let hits = 0
    let tied = 0
    while (at >= 0 && scores[order[at] as number] === score) {
      hits += labels[order[at--] as number] === 0 ? 0 : 1
      tied++
    }
    const taken = Math.min(tied, left)
    expected += hits * (taken / tied)
    left -= taken
  }
  return expected / positives
}
