import { type BinaryOutcomes, confusionOf, rocAucOf } from './binary-outcomes.ts'

/** A number that says how good a classifier is; the names are NannyML's and scikit-learn's. */
export type ClassificationMetric =
  | 'roc_auc'
  | 'f1'
  | 'precision'
  | 'recall'
  | 'specificity'
  | 'accuracy'
  | 'true_positive'
  | 'false_positive'
  | 'true_negative'
  | 'false_negative'

/** Values by metric; a metric that is not defined (no positive row, none predicted, ...) is NaN. */
export type ClassificationScores = Readonly<Record<ClassificationMetric, number>>

/** All, in a fixed order. The last four are counts of rows and only for two classes. */
export const classificationMetrics: ReadonlyArray<ClassificationMetric> = [
  'roc_auc',
  'f1',
  'precision',
  'recall',
  'specificity',
  'accuracy',
  'true_positive',
  'false_positive',
  'true_negative',
  'false_negative',
]

/** Two classes: each metric in [0, 1], higher is better; the four counts in [0, rows]. */
export function binaryScores(outcomes: BinaryOutcomes): ClassificationScores {
  const { truePositive, falsePositive, trueNegative, falseNegative } = confusionOf(outcomes)
  return {
    roc_auc: rocAucOf(outcomes),
    f1: truePositive / (truePositive + (falsePositive + falseNegative) / 2),
    precision: truePositive / (truePositive + falsePositive),
    recall: truePositive / (truePositive + falseNegative),
    specificity: trueNegative / (trueNegative + falsePositive),
    accuracy: (truePositive + trueNegative) / outcomes.predicted.length,
    true_positive: truePositive,
    false_positive: falsePositive,
    true_negative: trueNegative,
    false_negative: falseNegative,
  }
}

/**
 * Several classes: the plain mean over the classes, each against the rest; accuracy is the mean probability of the predicted
 * class. A class for which a metric is not defined is left out of its mean.
 * @param classes - one entry a class, over the same rows
 */
export function multiclassScores(classes: ReadonlyArray<BinaryOutcomes>): ClassificationScores {
  const each = classes.map(binaryScores)
  const rows = classes[0]?.predicted.length ?? 0
  const hits = classes.reduce((sum, outcomes) => sum + confusionOf(outcomes).truePositive, 0)
  const scores = classificationMetrics.map((metric) => [metric, meanOfDefined(each.map((one) => one[metric]))] as const)
  // Counts of one class against the rest have no mean worth a name.
  const undefinedCounts = { true_positive: NaN, false_positive: NaN, true_negative: NaN, false_negative: NaN }
  return {
    ...(Object.fromEntries(scores) as Record<ClassificationMetric, number>), // one entry a metric
    ...undefinedCounts,
    accuracy: hits / rows,
  }
}

function meanOfDefined(values: ReadonlyArray<number>): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  return defined.reduce((sum, value) => sum + value, 0) / defined.length
}
