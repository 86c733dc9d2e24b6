import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import type { Model } from '../../domain/model.ts'
import { checkFloatColumns, floatRefused } from '../../domain/onnx/float-refusal.ts'
import type { OnnxRecipe } from '../../domain/onnx/recipe.ts'
import { scoringModelFile } from '../../domain/onnx/scoring-model.ts'
import { configureDetector } from '../catalogue/catalogue.ts'
import { encodeState } from '../model-json.ts'
import { sha256Of } from '../training-hash.ts'
import { metadataProps } from './onnx-metadata.ts'
import { recipeOf } from './recipes.ts'

/** What is exported: a kept model, or as much of one. */
export interface OnnxSource extends Pick<Model, 'algorithm' | 'parameters' | 'features' | 'threshold' | 'state'> {
  readonly encodings?: Model['encodings'] | undefined
  readonly normalization?: Model['normalization']
  readonly trainingHash?: string | undefined
}

/** In which numbers a file takes rows and gives scores. */
export interface OnnxExportOptions {
  /**
   * Single precision instead of double; default false. Then splits of trees are rounded down, so that every single-precision row
   * takes the branches that it takes here; what is computed with else stays in double precision inside.
   */
  readonly float?: boolean | undefined
}

/** Rows of the kind that a model has learned from, and the scores that its exported file must give them. */
export interface OnnxProof {
  readonly rows: Matrix
  readonly scores: Float64Array
}

const SELF_TEST_ROWS = 8
const MOVED = 1e-3 // a score that rounding moves by more, as a share of its size, is another score
const LARGEST_FILE = 2 ** 31 - 1 // of a protobuf message
const NUMBERS_AT_ONCE = 2 ** 21 // 16 MB: a run takes some tenths of a second, and cannot be stopped earlier

/**
 * A model as an ONNX file, whose scores are the model's own: to 1e-9 of a score's size (of 1 where it is smaller) in double, to
 * 1e-6 for rows of single precision in float. Rows must be finite; magnitudes past 1e150 may score the largest double, where
 * the model itself would still tell them apart.
 *
 * @returns a file that takes `rows`, shape (n, d), and gives `score` and `label` (1 above the threshold), shape (n)
 * @throws AnomalyDetectionError `onnx-not-expressible`, `onnx-float-refused`, `onnx-limit-exceeded` past 2 GB, `corrupt-model`
 */
export async function exportOnnx(
  source: OnnxSource,
  { float = false }: OnnxExportOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { algorithm, parameters, features, threshold, encodings = [], normalization, trainingHash } = source
  const { recipe, state, columns } = exportedState(source, float)
  const proof = proofOf(source, float)
  const precision = float ? 'float' : 'double'
  const metadata = metadataProps({
    detector: algorithm,
    dtype: precision,
    threshold,
    features,
    encodings,
    parameters,
    trainingHash,
    modelHash: await sha256Of(
      JSON.stringify([algorithm, parameters, features, normalization ?? null, encodeState(source.state)]),
    ),
    selfTest: selfTestOf(proof),
    rowsAtOnce: Math.max(1, Math.min(4096, Math.floor(NUMBERS_AT_ONCE / recipe.width(state)))),
  })
  const file = scoringModelFile(recipe, state, { columns, precision, threshold, normalization, metadata })
  if (file.length <= LARGEST_FILE) return file
  throw new AnomalyDetectionError(
    'anomaly-detection/onnx-limit-exceeded',
    `the ONNX file would have ${file.length} bytes, and no runtime reads more than ${LARGEST_FILE}; fit the model to fewer rows`,
    { bytes: file.length, allowed: LARGEST_FILE },
  )
}

/**
 * What to test the exported file of a model on.
 * @throws AnomalyDetectionError as `exportOnnx`
 */
export function proofOf(source: OnnxSource, float: boolean): OnnxProof {
  const { recipe, state } = exportedState(source, float)
  const landmarks = unnormalized(recipe.landmarks(state), source.normalization)
  const rows = float ? { ...landmarks, data: landmarks.data.map(Math.fround) } : landmarks
  const fitted = configureDetector(source.algorithm, source.parameters).restore(state)
  return { rows, scores: fitted.score(normalized(rows, source.normalization)) }
}

function normalized(rows: Matrix, by: OnnxSource['normalization']): Matrix {
  if (by === undefined) return rows
  const { columns, data } = rows
  const shifted = data.map(
    (value, at) => (value - (by.center[at % columns] as number)) / (by.scale[at % columns] as number),
  )
  return { ...rows, data: shifted }
}

function unnormalized(rows: Matrix, by: OnnxSource['normalization']): Matrix {
  if (by === undefined) return rows
  const { columns, data } = rows
  const shifted = data.map(
    (value, at) => value * (by.scale[at % columns] as number) + (by.center[at % columns] as number),
  )
  return { ...rows, data: shifted }
}

interface ExportedState {
  readonly recipe: OnnxRecipe<unknown>
  readonly state: unknown
  readonly columns: number
}

function exportedState(source: OnnxSource, float: boolean): ExportedState {
  const { algorithm, parameters, features, state, normalization } = source
  const recipe = recipeOf(algorithm)
  const restored = configureDetector(algorithm, parameters).restore(state)
  const { columns } = restored
  if (features.length !== columns) {
    throw new AnomalyDetectionError(
      'anomaly-detection/corrupt-model',
      `the model names ${features.length} features and has learned from ${columns} columns; fit it again`,
      { features: features.length, columns },
    )
  }
  if (!float) return { recipe, state: restored.state, columns }
  const landmarks = unnormalized(recipe.landmarks(restored.state), normalization)
  checkFloatColumns(landmarks, features, () => {
    const scoresOf = (learned: unknown, rows: Matrix): Float64Array =>
      configureDetector(algorithm, parameters).restore(learned).score(normalized(rows, normalization))
    const floats = scoresOf(roundedState(recipe, restored.state, source), {
      ...landmarks,
      data: landmarks.data.map(Math.fround),
    })
    return scoresOf(restored.state, landmarks).some((score, row) => {
      return Math.abs((floats[row] as number) - score) > MOVED * Math.max(1, Math.abs(score))
    })
  })
  return { recipe, state: roundedState(recipe, restored.state, source), columns }
}

function roundedState(recipe: OnnxRecipe<unknown>, state: unknown, { algorithm, normalization }: OnnxSource): unknown {
  if (recipe.rounded === undefined) return state
  const rounded = recipe.rounded(state)
  if (normalization === undefined || rounded === state) return rounded
  throw floatRefused('its training rows were standardized, and ranks among them would shift by rounding', {
    detector: algorithm,
  })
}

function selfTestOf({ rows: { data, rows, columns }, scores }: OnnxProof): {
  readonly rows: ReadonlyArray<ReadonlyArray<number>>
  readonly scores: ReadonlyArray<number>
} {
  const count = Math.min(rows, SELF_TEST_ROWS)
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count))
  return {
    rows: chosen.map((row) => [...data.subarray(row * columns, (row + 1) * columns)]),
    scores: chosen.map((row) => scores[row] as number),
  }
}
