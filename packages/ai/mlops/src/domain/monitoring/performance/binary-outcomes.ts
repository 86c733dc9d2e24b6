/**
 * How good a classifier is when each row is positive only with some probability: realised performance where that is 0 or 1 (the
 * label), estimated where it is the calibrated score (CBPE).
 * Source: J. Białek et al. (2024), Estimating model performance under covariate shift without labels; NannyML 0.13.
 */

/** One class against the rest. All arrays have shape (rows). */
export interface BinaryOutcomes {
  /** 1 where the model said positive, else 0. */
  readonly predicted: Float64Array
  /** The model's own score of the positive class; only their order counts. */
  readonly scores: Float64Array
  /** The probability that the row is positive: 0 or 1 where the label is known. */
  readonly positive: Float64Array
}

/** Expected counts, >= 0, that sum to the number of rows. */
export interface Confusion {
  readonly truePositive: number
  readonly falsePositive: number
  readonly trueNegative: number
  readonly falseNegative: number
}

/** The sums of the probabilities of each outcome. */
export function confusionOf({ predicted, positive }: BinaryOutcomes): Confusion {
  let [truePositive, falsePositive, trueNegative, falseNegative] = [0, 0, 0, 0]
  for (let i = 0; i < predicted.length; i++) {
    const p = positive[i] as number
    if (predicted[i] === 1) {
      truePositive += p
      falsePositive += 1 - p
    } else {
      falseNegative += p
      trueNegative += 1 - p
    }
  }
  return { truePositive, falsePositive, trueNegative, falseNegative }
}

/**
 * Area under the ROC curve, ties by the trapezoid.
 * @returns in [0, 1]; NaN where no row or every row is positive
 */
export function rocAucOf({ scores, positive }: BinaryOutcomes): number {
  const order = Array.from(scores.keys()).sort((i, j) => (scores[j] as number) - (scores[i] as number))
  let [hits, alarms, area] = [0, 0, 0]
  for (let start = 0; start < order.length;) {
    const score = scores[order[start] as number]
    let [moreHits, moreAlarms] = [0, 0]
    for (; start < order.length && scores[order[start] as number] === score; start++) {
      const p = positive[order[start] as number] as number
      moreHits += p
      moreAlarms += 1 - p
    }
    area += moreAlarms * (hits + moreHits / 2)
    hits += moreHits
    alarms += moreAlarms
  }
  return area / (hits * alarms)
}
