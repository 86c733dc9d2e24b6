import type { Dataset } from '../../domain/dataset.ts'
import { featureContributions } from '../../domain/explanation/additive-detector.ts'
import type { ExplainedOutput, ExplanationMethod, RowExplanation } from '../../domain/explanation/explanation.ts'
import { kernelShap } from '../../domain/explanation/kernel-shap.ts'
import { lime } from '../../domain/explanation/lime.ts'
import { scoreOfRow } from '../../domain/explanation/score-rows.ts'
import { treeShapOf } from '../../domain/explanation/tree-shap.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { checkBackground, meansAndDeviations, sampledRows } from './background.ts'
import { additiveDetectorOf, type ExplainedDetector, forestOf, scaled, scorerOf } from './explained-detector.ts'
import type { ResolvedExplanationOptions } from './explanation-options.ts'

/** What a method makes of one row. */
export interface Attribution {
  readonly kind: RowExplanation['kind']
  readonly output: ExplainedOutput
  readonly baseValue: number
  readonly outputValue: number
  /** Shape (d). */
  readonly values: Float64Array
  readonly standardErrors: Float64Array
  readonly fit: number | null
}

/** Explains one row, shape (d), in the data's own units. */
export type Attribute = (row: Float64Array) => Promise<Attribution>

/** What a method goes by. */
export interface AttributionContext {
  /** What is usual. */
  readonly background: Dataset
  readonly seed: number
  readonly options: Pick<ResolvedExplanationOptions, 'samples' | 'backgroundRows'>
}

const DEFAULT_SETS = 2048 // and twice the features, as in PyPI's shap
const DEFAULT_LIME_ROWS = 5000 // as in PyPI's lime

/**
 * A method, made ready for one row after another. Each row has the same random numbers, so that an explanation does not
 * hang on the rows before it.
 * @throws AnomalyDetectionError `background-too-small`, `corrupt-model`
 */
export function attributeBy(
  method: Exclude<ExplanationMethod, 'permutation'>,
  detector: ExplainedDetector,
  context: AttributionContext,
): Attribute {
  switch (method) {
    case 'tree-shap':
      return byTrees(detector)
    case 'contributions':
      return byContributions(detector)
    case 'kernel-shap':
      return bySets(detector, context)
    case 'lime':
      return bySurrogate(detector, context)
  }
}

function byTrees(detector: ExplainedDetector): Attribute {
  const forest = forestOf(detector.fitted)
  if (forest === undefined) throw new Error(`${detector.fitted.id} has no trees`) // see `methodFor`
  const shap = treeShapOf(forest)
  return (row) => {
    const { data } = scaled(detector, { data: row, rows: 1, columns: row.length })
    const values = new Float64Array(row.length)
    shap.explain(data, values)
    return Promise.resolve({
      ...exact(values),
      output: 'negative-path-length',
      baseValue: shap.baseValue,
      outputValue: shap.outputOf(data),
    })
  }
}

function byContributions(detector: ExplainedDetector): Attribute {
  const additive = additiveDetectorOf(detector.fitted)
  if (additive === undefined) throw new Error(`${detector.fitted.id} does not score feature by feature`) // see `methodFor`
  const score = scorerOf(detector)
  return async (row) => {
    const values = featureContributions(additive, scaled(detector, { data: row, rows: 1, columns: row.length }))
    return { ...exact(values), output: 'score', baseValue: 0, outputValue: await scoreOfRow(row, score) }
  }
}

function exact(values: Float64Array): Pick<Attribution, 'kind' | 'values' | 'standardErrors' | 'fit'> {
  return { kind: 'attribution', values, standardErrors: new Float64Array(values.length), fit: null }
}

function bySets(detector: ExplainedDetector, { background, seed, options }: AttributionContext): Attribute {
  checkBackground(background, 'Kernel SHAP')
  const sample = sampledRows(background, options.backgroundRows, seededRandom(seed))
  const samples = options.samples ?? DEFAULT_SETS + 2 * background.columns
  const score = scorerOf(detector)
  return async (row) => {
    const random = seededRandom(seed)
    const found = await kernelShap(row, sample, score, { samples, random, signal: detector.signal })
    return { kind: 'attribution', output: 'score', fit: null, ...found }
  }
}

// The surrogate is told as what each feature adds to its value at the background's mean.
function bySurrogate(detector: ExplainedDetector, { background, seed, options }: AttributionContext): Attribute {
  checkBackground(background, 'LIME')
  const { means, deviations } = meansAndDeviations(background)
  const samples = options.samples ?? DEFAULT_LIME_ROWS
  const score = scorerOf(detector)
  return async (row) => {
    const random = seededRandom(seed)
    const found = await lime(row, deviations, score, { samples, random, signal: detector.signal })
    const away = row.map((value, column) => {
      const deviation = deviations[column] as number
      return deviation > 0 ? (value - (means[column] as number)) / deviation : 0
    })
    const values = found.coefficients.map((slope, column) => slope * (away[column] as number))
    return {
      kind: 'surrogate',
      output: 'score',
      baseValue: found.intercept - values.reduce((sum, one) => sum + one, 0),
      outputValue: found.outputValue,
      values,
      standardErrors: found.standardErrors.map((one, column) => one * Math.abs(away[column] as number)),
      fit: found.fit,
    }
  }
}
