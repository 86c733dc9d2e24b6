/**
 * Average precision: sum over distinct scores of (recall gained there) x (precision there), no interpolation; equals
 * scikit-learn's average_precision_score.
 */
import { argsort } from '../numeric/argsort.ts'
import { countPositives } from './labels.ts'

/**
 * @param scores - shape (n), finite, higher is more anomalous
 * @param labels - shape (n), 0 normal, anything else an anomaly
 * @returns in (0, 1]; the share of anomalies is chance, 1 is a perfect ranking
 * @throws AnomalyDetectionError `shape-mismatch`, or `invalid-label` where one class is absent
 */
export function averagePrecision(scores: Float64Array, labels: Uint8Array): number {
  const positives = countPositives(scores, labels)
  const order = argsort(scores)
  let found = 0
  let taken = 0
  let sum = 0
  let at = scores.length - 1
  while (at >= 0) {
    const score = scores[order[at] as number]
    let hits = 0
    while (at >= 0 && scores[order[at] as number] === score) {
      hits += labels[order[at--] as number] === 0 ? 0 : 1
      taken++
    }
    found += hits
    sum += (hits / positives) * (found / taken)
  }
  return sum
}
