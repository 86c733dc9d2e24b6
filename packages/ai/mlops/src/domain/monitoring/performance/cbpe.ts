/**
 * Confidence-based performance estimation: how good a classifier is on rows without labels, from how sure it says it is. Right
 * where the scores are calibrated probabilities (made so by isotonic regression) and the relation of features to labels has not
 * changed (covariate shift only).
 * Source: J. Białek et al. (2024), Estimating model performance under covariate shift without labels; NannyML 0.13.
 */
import type { BinaryOutcomes } from './binary-outcomes.ts'
import { type ClassSpreads, spreadsOf, standardErrors } from './classification-errors.ts'
import { binaryScores, type ClassificationScores, multiclassScores } from './classification-metrics.ts'
import { calibrate, fitIsotonic, type Isotonic } from './isotonic.ts'
import { needsCalibration } from './needs-calibration.ts'

/** What the model said of one class. Both arrays have shape (rows). */
export interface ClassOutput {
  /** 1 where it is the predicted class, else 0. */
  readonly predicted: Float64Array
  /** The score of the class, meant as a probability; others, such as margins, are always calibrated. */
  readonly scores: Float64Array
}

/** A class of the reference: 1 in `labels` where the row is of it. */
export interface LabelledClass extends ClassOutput {
  readonly labels: Float64Array
}

/** What was learned from a labelled reference. */
export interface Cbpe {
  /** One a class; absent where the scores are as good as they are. */
  readonly calibrators: ReadonlyArray<Isotonic | undefined>
  readonly spreads: ReadonlyArray<ClassSpreads>
  readonly accuracy: number
}

/** Metrics and their standard errors; NaN where not defined. */
export interface PerformanceEstimate {
  readonly scores: ClassificationScores
  readonly standardErrors: ClassificationScores
}

/**
 * @param classes - one entry (the positive class) for a classifier of two classes, else one for each; rows >= 1
 * @param random - uniform on [0, 1): draws the splits that tell whether calibration helps
 */
export function fitCbpe(classes: ReadonlyArray<LabelledClass>, random: () => number): Cbpe {
  const realised = classes.map(({ predicted, scores, labels }) => ({ predicted, scores, positive: labels }))
  return {
    calibrators: classes.map(({ scores, labels }) =>
      scores.some(isNoProbability) || needsCalibration(scores, labels, random)
        ? fitIsotonic(scores, labels)
        : undefined,
    ),
    spreads: realised.map((outcomes) => spreadsOf(outcomes, classes.length === 1)),
    accuracy: realisedScores(classes).accuracy,
  }
}

/** The metrics as the labels have them. */
export function realisedScores(classes: ReadonlyArray<LabelledClass>): ClassificationScores {
  return scoresOf(classes.map(({ predicted, scores, labels }) => ({ predicted, scores, positive: labels })))
}

/** The metrics as they can be expected. @param classes - as in `fitCbpe`, without labels; rows >= 1 */
export function estimatePerformance(fitted: Cbpe, classes: ReadonlyArray<ClassOutput>): PerformanceEstimate {
  const calibrated = classes.map(({ scores }, i) => {
    const calibrator = fitted.calibrators[i]
    return calibrator === undefined ? scores.map((p) => Math.min(1, Math.max(0, p))) : calibrate(calibrator, scores)
  })
  const positive = classes.length === 1 ? calibrated : summingToOne(calibrated)
  const outcomes = classes.map((output, i) => ({ ...output, positive: positive[i] as Float64Array }))
  const rows = classes[0]?.scores.length ?? 0
  return { scores: scoresOf(outcomes), standardErrors: standardErrors(fitted.spreads, fitted.accuracy, rows) }
}

function isNoProbability(score: number): boolean {
  return score < 0 || score > 1
}

function scoresOf(outcomes: ReadonlyArray<BinaryOutcomes>): ClassificationScores {
  const [only] = outcomes
  return outcomes.length === 1 && only !== undefined ? binaryScores(only) : multiclassScores(outcomes)
}

// Calibrated one by one, the classes of a row need not sum to 1; a row without any weight is of all alike.
function summingToOne(classes: ReadonlyArray<Float64Array>): Float64Array[] {
  const rows = classes[0]?.length ?? 0
  const sums = new Float64Array(rows)
  for (const one of classes) for (let i = 0; i < rows; i++) sums[i] = (sums[i] as number) + (one[i] as number)
  return classes.map((one) => one.map((p, i) => (sums[i] === 0 ? 1 / classes.length : p / (sums[i] as number))))
}
