/** What an explanation says in words. */
import type { Counterfactual } from '../../domain/explanation/counterfactual.ts'
import type { ExplainedOutput, ExplanationParts, RowExplanation } from '../../domain/explanation/explanation.ts'

const FEATURES_SHOWN = 3

const OUTPUT_TEXTS: Readonly<Record<ExplainedOutput, string>> = {
  score: 'the score',
  'negative-path-length': 'minus the mean path length, in splits',
  'score-change': 'how far scores move on average when one feature is dealt anew among the rows',
  'roc-auc': 'the loss of ROC-AUC when one feature is dealt anew among the rows',
}

/** What was explained, and how the parts add up. */
export function additionText(one: RowExplanation): string {
  const { output, baseValue, outputValue, contributions, residual, kind, fit } = one
  const sum = contributions.reduce((total, { contribution }) => total + contribution, 0)
  const whole = `${OUTPUT_TEXTS[output]}: ${rounded(baseValue)} with no feature told, ${signed(sum)} by the features`
  if (kind === 'attribution') return `${whole}, is ${rounded(outputValue)}`
  return `${whole}, ${signed(residual)} that the surrogate misses, is ${rounded(outputValue)}; it accounts for ${Math.round((fit ?? 0) * 100)}% of the variance around the row`
}

/** What was measured, where no row is explained. */
export function importanceText({ output, baseValue, outputValue }: ExplanationParts): string {
  return output === 'roc-auc'
    ? `${OUTPUT_TEXTS[output]}, of ${rounded(outputValue)}; ${baseValue} is chance`
    : `${OUTPUT_TEXTS[output]}; all features at once: ${rounded(outputValue)}`
}

/** The row, its score and what that makes of it. @param row - from 1 */
export function verdictText({ detector, score, threshold }: RowExplanation, row: number): string {
  const verdict = score > threshold ? 'an anomaly, above' : 'normal, not above'
  return `row ${row} scores ${rounded(score)} by ${detector}: ${verdict} ${rounded(threshold)}`
}

/** The change that would make the row normal. */
export function counterfactualText(found: Counterfactual): string {
  switch (found.outcome) {
    case 'found': {
      const about = found.isExact ? '' : ' or thereabouts'
      const distance = typeof found.to === 'number' ? `, ${rounded(found.distance)} sd away` : ''
      return `normal with ${found.feature} at ${valueText(found.to)} instead of ${valueText(found.from)}${distance}${about}`
    }
    case 'normal':
      return 'normal as it is'
    case 'none':
      return found.isExact
        ? 'no change of a single feature would make it normal'
        : 'no change of a single feature was found that would make it normal'
  }
}

/** The features that contribute most, and the counterfactual, in a line. */
export function briefText({ contributions, counterfactual }: RowExplanation): string {
  const parts = contributions
    .filter(({ contribution }) => contribution !== 0)
    .slice(0, FEATURES_SHOWN)
    .map(({ feature, contribution }) => `${feature} ${signed(contribution)}`)
  const change = counterfactual === undefined ? '' : `; ${counterfactualText(counterfactual)}`
  return `${parts.join(', ') || 'no feature'}${change}`
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${rounded(Math.abs(value))}`
}

function valueText(value: number | string): string {
  return typeof value === 'number' ? rounded(value) : value
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)))
}
