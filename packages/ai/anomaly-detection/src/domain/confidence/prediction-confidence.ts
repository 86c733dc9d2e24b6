/**
 * How sure a detector is of each of its own predictions: would it call the row the same, had it learned from other rows of
 * the same source? Source: L. Perini, V. Vercruyssen, J. Davis (2020), Quantifying the Confidence of Anomaly Detectors in Their
 * Example-Wise Predictions (ExCeeD), equations 1 to 4; PyOD's `predict_confidence`.
 */
import { AnomalyDetectionError } from '../errors.ts'
import { incompleteBeta } from '../numeric/incomplete-beta.ts'
import { rankInto } from '../numeric/rank.ts'
import { thresholdOf } from '../threshold.ts'

/**
 * The probability that the prediction (an anomaly, or not) stays the same.
 * @param trainingScores - shape (n), n >= 1: what the detector gave the rows it learned from
 * @param scores - shape (m), of the rows to be judged; higher is more anomalous
 * @param contamination - expected share of anomalies, in (0, 0.5], by which predictions are cut
 * @returns shape (m), in [0, 1]: near 1 is sure, whether of an anomaly or of a normal row; low at the border between them.
 *   Where the share comes to less than one of the training rows, no row is expected to be an anomaly: 0 for those above the
 *   threshold, 1 for the others.
 * @throws AnomalyDetectionError `empty-dataset` without training scores, `invalid-options` for a wrong contamination
 */
export function predictionConfidence(
  trainingScores: Float64Array,
  scores: Float64Array,
  contamination: number,
): Float64Array {
  const n = trainingScores.length
  if (n === 0) {
    throw new AnomalyDetectionError('anomaly-detection/empty-dataset', 'there are no training scores to compare with')
  }
  const threshold = thresholdOf(trainingScores, { kind: 'contamination', contamination })
  const anomalies = Math.trunc(n * contamination)
  const below = new Uint32Array(scores.length)
  const atMost = new Uint32Array(scores.length)
  rankInto(trainingScores.slice().sort(), scores, below, atMost)
  return scores.map((score, row) => {
    const outlierProbability = (1 + (atMost[row] as number)) / (2 + n)
    const asAnomaly = anomalies === 0 ? 0 : incompleteBeta(outlierProbability, n - anomalies + 1, anomalies)
    return score > threshold ? asAnomaly : 1 - asAnomaly
  })
}
