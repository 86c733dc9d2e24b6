/**
 * Area under the ROC curve: the chance that an anomaly scores above a normal row, ties counted half.
 * Source: J. Hanley, B. McNeil (1982), by the rank sum (Mann-Whitney U); equals scikit-learn's roc_auc_score.
 */
import { argsort } from '../numeric/argsort.ts'
import { countPositives } from './labels.ts'

/**
 * @param scores - shape (n), finite, higher is more anomalous
 * @param labels - shape (n), 0 normal, anything else an anomaly
 * @returns in [0, 1]; 0.5 is chance, 1 is a perfect ranking
 * @throws AnomalyDetectionError `shape-mismatch`, or `invalid-label` where one class is absent
 */
export function rocAuc(scores: Float64Array, labels: Uint8Array): number {
  const positives = countPositives(scores, labels)
  const n = scores.length
  const order = argsort(scores)
  let rankSum = 0
  let start = 0
  while (start < n) {
    const score = scores[order[start] as number]
    let end = start
    let hits = 0
    while (end < n && scores[order[end] as number] === score) hits += labels[order[end++] as number] === 0 ? 0 : 1
    rankSum += hits * ((start + 1 + end) / 2) // ranks start+1 .. end share their mean
    start = end
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (n - positives))
}
