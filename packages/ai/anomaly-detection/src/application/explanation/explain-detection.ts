import { throwIfCancelled } from '../../domain/cancellation.ts'
import type { Dataset } from '../../domain/dataset.ts'
import type { DetectionResult } from '../../domain/detection-result.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { changeableFeatures } from '../../domain/explanation/changeable-feature.ts'
import { type Counterfactual, counterfactualOf } from '../../domain/explanation/counterfactual.ts'
import {
  contributionsOf,
  type ExplanationMethod,
  type FeatureImportance,
  residualOf,
  type RowExplanation,
} from '../../domain/explanation/explanation.ts'
import { permutationImportance } from '../../domain/explanation/permutation-importance.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { rankedRows } from '../../domain/ranked-rows.ts'
import { type Attribute, attributeBy } from './attributions.ts'
import { checkBackground, sampledRows } from './background.ts'
import { type ExplainedDetector, scorerOf } from './explained-detector.ts'
import { methodFor } from './explanation-methods.ts'
import { FEWEST_BACKGROUND_ROWS, type ResolvedExplanationOptions } from './explanation-options.ts'
import { featureMovesOf } from './feature-moves.ts'

const MOST_PERMUTED_ROWS = 10_000

/** A detection with the detector that made it. */
export interface ExplainableDetection {
  readonly detector: ExplainedDetector
  /** For one of the rows, the detector that has not seen it, where a row is its own neighbour otherwise. */
  readonly withoutRow?: ((row: number) => Promise<ExplainedDetector>) | undefined
  readonly dataset: Dataset
  readonly result: Pick<DetectionResult, 'scores' | 'threshold'>
  /** What is usual; the data set itself unless told otherwise. */
  readonly background: Dataset
  /** Shape (rows), for permutation importance. */
  readonly labels?: Uint8Array | undefined
  readonly seed: number
}

/** What is told of a detection: of its rows, or, by permutation, of the detector as a whole. */
export interface DetectionExplanations {
  /** By row of the data set, in the order asked for. */
  readonly rows: ReadonlyMap<number, RowExplanation>
  readonly importance: FeatureImportance | undefined
}

/**
 * Explains rows of a detection.
 * @throws AnomalyDetectionError `row-out-of-range`, `unsuitable-method`, `background-too-small`, `invalid-options`,
 *   `invalid-label`, `cancelled`
 */
export async function explainDetection(
  detection: ExplainableDetection,
  options: ResolvedExplanationOptions,
): Promise<DetectionExplanations> {
  const { detector, dataset, result, withoutRow } = detection
  const method = methodFor(options.method, detector.fitted.id)
  const rows = rowsOf(options, dataset, result)
  if (method === 'permutation') {
    if (options.rows !== undefined) throw rowsOfPermutation(options.rows)
    return { rows: new Map(), importance: await importanceOf(detection, options) }
  }
  const attribute = withoutRow === undefined ? attributeBy(method, detector, { ...detection, options }) : undefined
  const counterfactual = counterfactualFinder(detection, options.counterfactual)
  const explanations = new Map<number, RowExplanation>()
  for (const row of rows) {
    throwIfCancelled(detector.signal)
    const own = attribute === undefined ? await (withoutRow?.(row) ?? detector) : detector
    const by = attribute ?? attributeBy(method, own, { ...detection, options })
    explanations.set(row, {
      ...(await explanationOf(row, method, by, detection)),
      ...(counterfactual && { counterfactual: await counterfactual(row, own) }),
    })
  }
  return { rows: explanations, importance: undefined }
}

async function explanationOf(
  row: number,
  method: ExplanationMethod,
  attribute: Attribute,
  { detector, dataset, result }: ExplainableDetection,
): Promise<RowExplanation> {
  const values = rowAt(dataset, row)
  const made = await attribute(values)
  const { kind, output, baseValue, outputValue, fit, standardErrors } = made
  return {
    kind,
    method,
    detector: detector.fitted.id,
    row: dataset.sourceRows?.[row] ?? row,
    score: result.scores[row] as number,
    threshold: result.threshold,
    output,
    baseValue,
    outputValue,
    contributions: contributionsOf(dataset.features, made.values, values, standardErrors),
    residual: residualOf(outputValue, baseValue, made.values),
    fit,
  }
}

type CounterfactualFinder = (row: number, detector: ExplainedDetector) => Promise<Counterfactual>

// Where nothing tells what is usual, one is looked for only on demand, and then there is none to be had.
function counterfactualFinder(
  { detector, background, dataset, result }: ExplainableDetection,
  isWanted: boolean | undefined,
): CounterfactualFinder | undefined {
  if (isWanted === false || (isWanted === undefined && background.rows < FEWEST_BACKGROUND_ROWS)) return undefined
  checkBackground(background, 'a counterfactual')
  const featuresOf = changeableFeatures({ ...background, encodings: background.encodings ?? dataset.encodings })
  const movesOf = featureMovesOf(detector) // of the row's own detector, where there is one, nothing is known
  return (index, own) => {
    const row = rowAt(dataset, index)
    return counterfactualOf({
      row,
      threshold: result.threshold,
      features: featuresOf(row),
      score: scorerOf(own),
      ...movesOf(row),
      signal: own.signal,
    })
  }
}

async function importanceOf(
  { detector, dataset, labels, seed }: ExplainableDetection,
  { repeats }: ResolvedExplanationOptions,
): Promise<FeatureImportance> {
  checkBackground(dataset, 'permutation importance')
  const random = seededRandom(seed)
  const rows = labels === undefined ? sampledRows(dataset, MOST_PERMUTED_ROWS, random) : dataset // known anomalies are few
  const found = await permutationImportance(rows, scorerOf(detector), {
    repeats,
    random,
    labels,
    signal: detector.signal,
  })
  return {
    kind: 'importance',
    method: 'permutation',
    detector: detector.fitted.id,
    output: labels === undefined ? 'score-change' : 'roc-auc',
    baseValue: found.baseValue,
    outputValue: found.outputValue,
    contributions: contributionsOf(dataset.features, found.values, undefined, found.standardErrors),
  }
}

function rowsOf(
  { rows, limit }: ResolvedExplanationOptions,
  dataset: Dataset,
  { scores, threshold }: ExplainableDetection['result'],
): Iterable<number> {
  return rows === undefined ? rankedRows(scores, threshold, limit) : rows.map((row) => indexOf(row, dataset))
}

function indexOf(row: number, { rows, sourceRows }: Dataset): number {
  const last = sourceRows?.[rows - 1] ?? rows - 1
  const index = sourceRows?.indexOf(row) ?? row
  if (Number.isInteger(row) && row >= 0 && row <= last && index !== -1) return index
  const isDropped = Number.isInteger(row) && row >= 0 && row <= last
  throw new AnomalyDetectionError(
    'anomaly-detection/row-out-of-range',
    isDropped
      ? `row ${row} was left out, as it lacks a value`
      : `there is no row ${row}; rows are numbered from 0 to ${last}`,
    { row, last, isDropped },
  )
}

function rowsOfPermutation(rows: ReadonlyArray<number>): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/unsuitable-method',
    'permutation tells of the detector as a whole, not of single rows: leave the rows out, or take another method',
    { method: 'permutation', rows },
  )
}

function rowAt({ data, columns }: Dataset, row: number): Float64Array {
  return data.subarray(row * columns, (row + 1) * columns)
}
