import { AnomalyDetectionError } from './errors.ts'
import { median, quantile } from './numeric/order-statistic.ts'

const MAD_TO_SD = 1.4826 // 1 / Phi^-1(3/4): makes the MAD of normal data estimate its standard deviation

/** Where scores are cut; a row is an anomaly when its score lies above the threshold. */
export type ThresholdPolicy =
  /** The share of rows expected to be anomalies, in (0, 0.5]: cuts at that upper quantile, as PyOD and scikit-learn. */
  | { readonly kind: 'contamination'; readonly contamination: number }
  /** Cuts at median + multiplier scaled MADs of the scores (Iglewicz and Hoaglin 1993); multiplier > 0, usually 3.5. */
  | { readonly kind: 'mad'; readonly multiplier: number }
  /** Cuts at a given score. */
  | { readonly kind: 'fixed'; readonly value: number }

/**
 * The score above which a row is an anomaly.
 * @param scores - shape (n), n >= 1, higher is more anomalous
 * @throws AnomalyDetectionError `invalid-options` where the policy's number is out of range
 */
export function thresholdOf(scores: Float64Array, policy: ThresholdPolicy): number {
  checkThresholdPolicy(policy)
  switch (policy.kind) {
    case 'contamination':
      return quantile(scores, 1 - policy.contamination)
    case 'mad': {
      const center = median(scores)
      return center + policy.multiplier * MAD_TO_SD * median(scores.map((score) => Math.abs(score - center)))
    }
    case 'fixed':
      return policy.value
  }
}

function checkThresholdPolicy(policy: ThresholdPolicy): void {
  switch (policy.kind) {
    case 'contamination':
      if (policy.contamination > 0 && policy.contamination <= 0.5) return
      throw outOfRange('contamination', policy.contamination, 'above 0 and at most 0.5')
    case 'mad':
      if (policy.multiplier > 0 && Number.isFinite(policy.multiplier)) return
      throw outOfRange('MAD multiplier', policy.multiplier, 'a finite number above 0')
    case 'fixed':
      if (Number.isFinite(policy.value)) return
      throw outOfRange('threshold', policy.value, 'a finite number')
  }
}

function outOfRange(name: string, value: number, range: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/invalid-options', `${name} is ${value}; it must be ${range}`, {
    option: name,
    value,
  })
}
