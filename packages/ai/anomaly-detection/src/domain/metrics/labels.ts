import { AnomalyDetectionError } from '../errors.ts'

/** Counts the anomalies in labels of shape (n). @throws `shape-mismatch`, or `invalid-label` where one class is absent */
export function countPositives(scores: Float64Array, labels: Uint8Array): number {
  if (scores.length !== labels.length) {
    throw new AnomalyDetectionError(
      'anomaly-detection/shape-mismatch',
      `${scores.length} scores need as many labels, but there are ${labels.length}`,
      { scores: scores.length, labels: labels.length },
    )
  }
  let positives = 0
  for (const label of labels) positives += label === 0 ? 0 : 1
  if (positives === 0 || positives === labels.length) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-label',
      `all ${labels.length} labels are ${positives === 0 ? '0 (normal)' : '1 (anomaly)'}; a ranking is measured on rows of both kinds`,
      { positives, rows: labels.length },
    )
  }
  return positives
}
