import type { Counterfactual } from './counterfactual.ts'

/** How an explanation is made. */
export type ExplanationMethod = 'tree-shap' | 'kernel-shap' | 'lime' | 'contributions' | 'permutation'

/**
 * The number that is explained; high is abnormal in each. `score`: the detector's score of the row as a new one;
 * `negative-path-length`: minus the mean path length in an isolation forest, in splits, of which the score is
 * 2^(this / c); `score-change`: how far scores move on average, in the score's unit; `roc-auc`: how well known
 * anomalies are ranked.
 */
export type ExplainedOutput = 'score' | 'negative-path-length' | 'score-change' | 'roc-auc'

/** What one feature has to do with the output. */
export interface FeatureContribution {
  readonly feature: string
  /** The row's value, in the data's unit; null where no single row is explained. */
  readonly value: number | null
  /** In the output's unit; positive makes the row more abnormal, or matters. */
  readonly contribution: number
  /** Standard error of the contribution where it was sampled, in the same unit; 0 where it is exact. */
  readonly standardError: number
}

/** What every explanation tells. */
export interface ExplanationParts {
  readonly method: ExplanationMethod
  /** The explained detector's id. */
  readonly detector: string
  readonly output: ExplainedOutput
  /** The output where no feature is told. */
  readonly baseValue: number
  /** The output that is explained. */
  readonly outputValue: number
  /** One a feature, the largest by absolute value first. */
  readonly contributions: ReadonlyArray<FeatureContribution>
}

/**
 * Why one row scores as it does. `attribution`: base value and contributions add up to the output. `surrogate`: they
 * add up to what a linear model, fitted around the row, makes of it.
 */
export interface RowExplanation extends ExplanationParts {
  readonly kind: 'attribution' | 'surrogate'
  /** 0-based row of the source, as `Anomaly.index`. */
  readonly row: number
  /** The row's score in the detection. */
  readonly score: number
  /** Rows with a score above this are anomalies. */
  readonly threshold: number
  /** outputValue - baseValue - sum of the contributions: rounding for an attribution, the misfit of a surrogate. */
  readonly residual: number
  /** Share of the variance around the row that a surrogate accounts for, at most 1; null for an attribution. */
  readonly fit: number | null
  /** The smallest change of one feature that makes the row normal; absent where none was asked for. */
  readonly counterfactual?: Counterfactual | undefined
}

/** Which features matter to a detector as a whole. What is told of one does not add up with the others. */
export interface FeatureImportance extends ExplanationParts {
  readonly kind: 'importance'
}

/** The contributions, the largest by absolute value first; equals in the features' order. */
export function contributionsOf(
  features: ReadonlyArray<string>,
  contributions: Float64Array,
  values?: Float64Array,
  standardErrors?: Float64Array,
): ReadonlyArray<FeatureContribution> {
  return features
    .map((feature, column) => ({
      feature,
      value: values?.[column] ?? null,
      contribution: contributions[column] as number,
      standardError: standardErrors?.[column] ?? 0,
    }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
}

/** What is left of the output once the base value and all contributions are taken off. */
export function residualOf(outputValue: number, baseValue: number, contributions: Float64Array): number {
  return outputValue - contributions.reduce((sum, one) => sum + one, baseValue)
}
