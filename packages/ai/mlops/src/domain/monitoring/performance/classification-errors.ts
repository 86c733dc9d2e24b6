/**
 * Standard errors of classification metrics on a window, from how single rows of the reference vary.
 * Source: NannyML 0.13, `sampling_error/` (standard error of the mean over the rows that a metric looks at; ROC AUC as a
 * Mann-Whitney statistic; the factor 1.2 for the ROC AUC of several classes is theirs, found by experiment).
 */
import { type BinaryOutcomes, confusionOf } from './binary-outcomes.ts'
import {
  type ClassificationMetric,
  classificationMetrics,
  type ClassificationScores,
} from './classification-metrics.ts'

/** Variance of a row's part in a metric, and the share of rows that have a part. */
interface Spread {
  readonly variance: number
  readonly share: number
}

/** What the reference says of one class. */
export type ClassSpreads = Readonly<Record<ClassificationMetric, Spread>>

const COUNTS: ReadonlySet<ClassificationMetric> = new Set([
  'true_positive',
  'false_positive',
  'true_negative',
  'false_negative',
])

/** @param outcomes - of the reference: `positive` holds labels @param isOnly - whether there are two classes only */
export function spreadsOf(outcomes: BinaryOutcomes, isOnly: boolean): ClassSpreads {
  const rows = outcomes.predicted.length
  const { truePositive: tp, falsePositive: fp, trueNegative: tn, falseNegative: fn } = confusionOf(outcomes)
  const touched = tp + fp + fn
  const weight = isOnly ? touched / (tp + (fp + fn) / 2) : 1 // NannyML leaves it out for several classes
  return {
    roc_auc: aucSpread(outcomes),
    f1: { variance: weight ** 2 * yesOrNo(tp, touched), share: touched / rows },
    precision: { variance: yesOrNo(tp, tp + fp), share: (tp + fp) / rows },
    recall: { variance: yesOrNo(tp, tp + fn), share: (tp + fn) / rows },
    specificity: { variance: yesOrNo(tn, tn + fp), share: (tn + fp) / rows },
    accuracy: { variance: yesOrNo(tp + tn, rows), share: 1 },
    true_positive: { variance: yesOrNo(tp, rows), share: 1 },
    false_positive: { variance: yesOrNo(fp, rows), share: 1 },
    true_negative: { variance: yesOrNo(tn, rows), share: 1 },
    false_negative: { variance: yesOrNo(fn, rows), share: 1 },
  }
}

/**
 * @param classes - one entry for two classes, else one a class
 * @param accuracy - share of the reference's rows that were predicted right, over all classes
 * @returns >= 0; NaN where the reference has no row that the metric looks at
 */
export function standardErrors(
  classes: ReadonlyArray<ClassSpreads>,
  accuracy: number,
  rows: number,
): ClassificationScores {
  const errors = classificationMetrics.map((metric) => [metric, errorOf(classes, metric, accuracy, rows)] as const)
  return Object.fromEntries(errors) as Record<ClassificationMetric, number> // one entry a metric
}

function errorOf(classes: ReadonlyArray<ClassSpreads>, metric: ClassificationMetric, accuracy: number, rows: number) {
  if (metric === 'accuracy') return Math.sqrt((accuracy * (1 - accuracy)) / rows)
  const sum = classes.reduce((total, one) => total + one[metric].variance / (rows * one[metric].share), 0)
  if (classes.length === 1) return Math.sqrt(sum) * (COUNTS.has(metric) ? rows : 1)
  return (Math.sqrt(sum) / classes.length) * (metric === 'roc_auc' ? 1.2 : 1)
}

function yesOrNo(yes: number, of: number): number {
  const share = yes / of
  return share * (1 - share)
}

// For each row of the rarer class: the share of the other class that it outranks.
function aucSpread({ scores, positive }: BinaryOutcomes): Spread {
  const positives = positive.reduce((sum, p) => sum + p, 0)
  const isFlipped = positives > positive.length / 2
  const isRare = (i: number): boolean => (positive[i] === 1) !== isFlipped
  const sign = isFlipped ? -1 : 1
  const order = Array.from(scores.keys()).sort((i, j) => sign * ((scores[i] as number) - (scores[j] as number)))
  const outranked: number[] = []
  let below = 0
  for (const i of order) {
    if (isRare(i)) outranked.push(below)
    else below++
  }
  const mean = outranked.reduce((sum, count) => sum + count, 0) / outranked.length
  const variance = outranked.reduce((sum, count) => sum + (count - mean) ** 2, 0) / outranked.length / below ** 2
  return { variance, share: outranked.length / scores.length }
}
