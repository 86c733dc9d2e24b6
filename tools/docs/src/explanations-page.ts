import type { RowExplanation } from '@nomaly/ai-anomaly-detection'

import type { ExplanationPictures } from './explanation-pictures.ts'
import { HOT_ROW, LEAK_ROW } from './pump-readings.ts'

/** The page on explanations, with the numbers of the pictures. */
export function explanationsPage({ hot, leak }: ExplanationPictures): string {
  return [
    '# Why is this row anomalous?',
    '',
    'A score says how far out a row lies, an explanation why: what each feature contributes, and the smallest change of a single feature',
    'that would make the row normal. The pictures and numbers here are made by `npx -y pnpm@12 run docs` from 302 readings of a pump',
    '(`tools/docs/src/pump-readings.ts`): temperature, vibration, pressure, and a flow that follows the pressure.',
    '',
    '```sh',
    'nomaly explain pump.csv --row 301                       # why this row; rows are numbered from 1',
    'nomaly explain pump.csv --top 5 --format json           # the five most anomalous, for a program',
    'nomaly explain today.csv --model pump --background pump.csv',
    'nomaly detect pump.csv --explain                        # the reasons beside each anomaly',
    'nomaly explain pump.csv --method permutation            # which features the detector goes by at all',
    '```',
    '',
    '```ts',
    "import { explain } from '@nomaly/ai-anomaly-detection'",
    '',
    "const { explanations } = await explain(dataset, { detection: { detector: 'iforest' }, explanation: { rows: [300] } })",
    '```',
    '',
    '`ExplainResults` does the same with stored models, threads and events; the anomalies of its result carry their explanations.',
    '',
    `## A bearing runs hot: row ${HOT_ROW + 1}`,
    '',
    `The isolation forest scores it ${hot.score.toFixed(3)}, above its threshold of ${hot.threshold.toFixed(3)}. Tree SHAP shares out the mean path length:`,
    `with no feature told a row takes ${(-hot.baseValue).toFixed(2)} splits to isolate, this one ${(-hot.outputValue).toFixed(2)}.`,
    '',
    '![How the features of the reading add up](pictures/explanation-waterfall.svg)',
    '',
    counterfactualText(hot),
    '',
    '![The score as the temperature moves](pictures/explanation-counterfactual.svg)',
    '',
    `## A leak: row ${LEAK_ROW + 1}`,
    '',
    'Each of its values is usual; the flow is too low for the pressure. ECOD looks at one feature at a time, and the straight splits of the',
    'forest hardly see it either: to both the row is normal. The Gaussian mixture knows that flow follows pressure, and blames the two.',
    '',
    '![What three detectors make of the leak](pictures/explanation-leak.svg)',
    '',
    "So an explanation tells the detector's reasons, not nature's: it is right about the detector, and the detector may be wrong.",
    '',
    ...leak.map(
      ({ detector, method, score, threshold, counterfactual }) =>
        `- \`${detector}\`, ${method}: scores ${score.toFixed(3)}, threshold ${threshold.toFixed(3)}; ${outcomeText(counterfactual)}`,
    ),
    '',
    '## Which method, and what it explains',
    '',
    '| method | for | explains | adds up | cost of a row |',
    '|---|---|---|---|---|',
    '| `tree-shap` | `iforest` | minus the mean path length, in splits; the score is 2^(this / c) | exactly | O(nodes · depth) |',
    '| `contributions` | `ecod`, `copod`, `hbos`, `pca`, `mad`, `iqr`, `grubbs`, `gesd`, `dixon` | the score, by its own definition | exactly | of a score |',
    '| `kernel-shap` | every detector | the score, against background rows | exactly; contributions are exact up to 11 features, then sampled with a standard error | 2048 + 2d sets · 100 background rows scored |',
    '| `lime` | every detector | the score, by a linear model around the row | to that model; `residual` and `fit` tell the rest | 5000 rows scored |',
    '| `permutation` | every detector | the detector as a whole: how far scores move, or with `--label` the loss of ROC-AUC | no | 5 passes a feature |',
    '',
    '`auto` takes the first that fits. Every explanation says its method, which output it explains, the base value (the output with no',
    'feature told), one contribution a feature, and the residual that they leave. Positive makes the row more abnormal, always.',
    '',
    "- **Tree SHAP** is Lundberg's path-dependent value function, exact: a split on a feature that is not told counts both ways, by the",
    "  training rows that took them. It explains the path length because that is what the trees add up; PyPI's `shap` explains the",
    '  same number with the other sign. The extended forest (`eif`) has none: no single feature decides a slanted split.',
    "- **Contributions**: the feature's tail (`ecod`, `copod`), its bin (`hbos`), its part in the distances along the components (`pca`; with",
    '  `mahalanobis` a part may be negative). `mad`, `iqr`, `grubbs`, `gesd` and `dixon` score a row by its worst feature, which has it all.',
    '- **Kernel SHAP** gives a feature that is not told the values of background rows: up to 100, drawn by the seed. It takes features one',
    '  by one, so it also scores combinations that never occur together.',
    '- **LIME** is random beyond the seed: look at the standard errors, and at `fit`, the share of the variance around the row that its',
    '  linear model accounts for. Far from all data a forest is flat, and LIME finds little to say.',
    '',
    '## The counterfactual',
    '',
    'The smallest change of one feature, in robust standard deviations (median absolute deviations), that brings the score to the',
    'threshold or below. For `iforest`, `ecod`, `copod` and `hbos`, whose scores are constant between known values, it is exact, to the last',
    'digits; for the others it is searched over the range of the background and may miss a narrow stretch (`isExact` is false). A column of',
    'whole numbers stays whole, a text column changes to another category (counted as 1). Often no single change does it, and that is said.',
    'Features that do not vary in the background are not changed.',
    '',
    '## Limits',
    '',
    '- A training row is scored by the others in `knn`, `lof`, `abod`, `cof` and `sod`. There the detector is fitted again without the row',
    '  that is explained; background rows still are their own neighbours, so the base value is low, for `abod` far too low.',
    '- An ensemble that holds such detectors is explained as it scores new rows: the output explained may differ from the score.',
    '- Text columns are explained as they are encoded, a feature a category; LIME and Kernel SHAP treat those as numbers.',
    '- At least 10 rows must show what is usual, where a method or the counterfactual needs them: with `--model`, give `--background`.',
    '- Permutation importance of forests and others looks at up to 10,000 rows, drawn by the seed, where no labels are given.',
    '',
    '## Sources',
    '',
    'S. Lundberg, S.-I. Lee (2017), A Unified Approach to Interpreting Model Predictions; S. Lundberg et al. (2020), From Local',
    'Explanations to Global Understanding with Explainable AI for Trees; G. Owen (1972), Multilinear Extensions of Games; M. Ribeiro,',
    'S. Singh, C. Guestrin (2016), "Why Should I Trust You?"; L. Breiman (2001), Random Forests; J. Westerhuis, S. Gurden, A. Smilde',
    '(2000), Generalized Contribution Plots; S. Wachter, B. Mittelstadt, C. Russell (2018), Counterfactual Explanations without Opening',
    'the Black Box.',
    '',
  ].join('\n')
}

function counterfactualText({ counterfactual }: RowExplanation): string {
  if (counterfactual?.outcome !== 'found' || typeof counterfactual.to !== 'number') throw new Error('none was found')
  const { feature, from, to, distance } = counterfactual
  return `With the ${feature} at ${to.toFixed(2)} instead of ${from}, ${distance.toFixed(1)} robust standard deviations away, the same row would be normal: the nearest value that does it, and no other feature does it with less.`
}

function outcomeText(counterfactual: RowExplanation['counterfactual']): string {
  if (counterfactual === undefined) return 'no counterfactual was looked for'
  switch (counterfactual.outcome) {
    case 'found': {
      const to = typeof counterfactual.to === 'number' ? counterfactual.to.toFixed(2) : counterfactual.to
      return `normal with ${counterfactual.feature} at ${to} instead of ${counterfactual.from}`
    }
    case 'normal':
      return 'normal as it is'
    case 'none':
      return 'no single change makes it normal'
  }
}
