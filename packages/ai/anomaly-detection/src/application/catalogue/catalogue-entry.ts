import { z } from 'zod'

import { throwIfCancelled } from '../../domain/cancellation.ts'
import type { DetectorSelection } from '../../domain/combination/detector-selection.ts'
import type { Detector, Fit, ScoreContext } from '../../domain/detector.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { firstNonFinite } from '../../domain/missing-values.ts'
import { type NeighbourIndex, neighbourIndexOf } from '../../domain/neighbours/neighbour-index.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import type { NeighbourSearch, TrainingNeighbours } from '../../domain/training-neighbours.ts'
import { parseBySchema } from '../parse-options.ts'
import { refuseBeyondRows, type RowLimits } from './row-limits.ts'

/** What people are told of a detector. `parameters` is a JSON Schema with defaults and ranges. */
export interface DetectorDescription {
  /** As in PyOD, in lower case. */
  readonly id: string
  readonly name: string
  readonly summary: string
  /** How the time of a fit and of a score grow: n training rows, m scored rows, d features, and the parameters. */
  readonly cost: { readonly fit: string; readonly score: string }
  /** Whether a seed changes the result. */
  readonly random: boolean
  /** Beyond so many rows a fit takes minutes, and who asks for all detectors does not get this one; null: no such limit. */
  readonly practicalRows: number | null
  readonly source: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A member of an ensemble that is to be fitted. */
export interface MemberFit {
  readonly detector: string
  /** As they were chosen, without the defaults. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly seed: number
}

/** What comes of it: see `FittedDetector.state` and `FreshlyFittedDetector.trainingScores`. Plain data. */
export interface FittedMember {
  readonly state: unknown
  readonly trainingScores: Float64Array
}

/** How a fit is run. */
export interface FitOptions {
  /** Seed of all randomness; a safe integer >= 0, default 0. The same seed gives the same result everywhere. */
  readonly seed?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** What `ConfiguredDetector.trainingNeighbours` asks for, where it was found before; it must be that of the rows given. */
  readonly neighbours?: TrainingNeighbours | undefined
  /** What `ConfiguredDetector.members` names, where it was fitted before, in its order; it must be to the rows given. */
  readonly members?: ReadonlyArray<FittedMember> | undefined
}

/** A detector that has learned from data. Scores are finite, higher is more anomalous. */
export interface FittedDetector {
  readonly id: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** How many features a row must have. */
  readonly columns: number
  /** Plain data and typed arrays: see `encodeState`. */
  readonly state: unknown
  /**
   * Scores of new rows, shape (x.rows).
   * @throws AnomalyDetectionError `shape-mismatch` where x has another width, `non-finite`, `cancelled`
   */
  readonly score: (x: Matrix, context?: ScoreContext) => Float64Array
  /** What a score of so many rows begins with, where rows are searched for: made once, it serves all parts of a score. */
  readonly neighbourIndex?: ((rows: number) => NeighbourIndex | undefined) | undefined
}

/** A detector that has just been fitted: it knows the scores of its training rows. */
export interface FreshlyFittedDetector extends FittedDetector {
  /** Shape (rows). Neighbour methods leave a row out of its own neighbourhood here. */
  readonly trainingScores: () => Float64Array
  /** Why this detector, where it was chosen by `auto`. */
  readonly selection?: DetectorSelection | undefined
}

/** A detector with its parameters chosen, ready to learn. */
export interface ConfiguredDetector {
  readonly id: string
  /** Complete: defaults are filled in. */
  readonly parameters: Readonly<Record<string, unknown>>
  /**
   * @throws AnomalyDetectionError `empty-dataset`, `non-finite`, `shape-mismatch`, `invalid-options`, `invalid-parameters` for a
   *   number of neighbours or clusters that was asked for and that the rows do not have, `cancelled`
   */
  readonly fit: (x: Matrix, options?: FitOptions) => FreshlyFittedDetector
  /** A fitted detector from a stored state. @throws AnomalyDetectionError `corrupt-model` where it is not such a state */
  readonly restore: (state: unknown) => FittedDetector
  /** The neighbours that a fit looks up among so many rows, where it does. */
  readonly trainingNeighbours?: ((rows: number) => NeighbourSearch) | undefined
  /** The detectors that a fit with this seed fits to the same rows, where it is made of several. */
  readonly members?: ((seed: number) => ReadonlyArray<MemberFit>) | undefined
  /** Whether the training rows' scores are those that `score` gives the same rows, to the last bit. */
  readonly scoresTrainingRowsAsNew?: true | undefined
}

/** A detector in the catalogue: its description, and `configure` to choose its parameters. */
export interface CatalogueEntry {
  readonly description: DetectorDescription
  readonly practicalRows: number | null
  /** @throws AnomalyDetectionError `invalid-parameters` naming each bad one, its value and its range */
  readonly configure: (parameters: unknown) => ConfiguredDetector
}

/** Everything that makes an entry: the texts, the pure detector, and the schemas of its parameters and its state. */
export interface EntryParts<P extends Readonly<Record<string, unknown>>, S extends object> {
  readonly detector: Detector<P, S>
  readonly parameters: z.ZodType<P>
  /** Where the training rows bound a parameter that is asked for by name. */
  readonly limits?: RowLimits
  readonly state: z.ZodType<S>
  /** The width of the rows a state was learned from. */
  readonly columnsOf: (state: S) => number
  readonly name: string
  readonly summary: string
  readonly cost: { readonly fit: string; readonly score: string }
  readonly random: boolean
  readonly practicalRows?: number
  readonly source: string
}

/** Ties a pure detector to its schemas and texts. */
export function catalogueEntry<P extends Readonly<Record<string, unknown>>, S extends object>(
  parts: EntryParts<P, S>,
): CatalogueEntry {
  const { detector, name, summary, cost, random, practicalRows = null, source } = parts
  return {
    // described on demand: a JSON Schema is dear, and most runs need none
    get description() {
      const { $schema: _, ...parameters } = z.toJSONSchema(parts.parameters, { io: 'input' })
      return { id: detector.id, name, summary, cost, random, practicalRows, source, parameters }
    },
    practicalRows,
    configure: (input) => configure(parts, input),
  }
}

function configure<P extends Readonly<Record<string, unknown>>, S extends object>(
  { detector, parameters: schema, limits, state: stateSchema, columnsOf }: EntryParts<P, S>,
  input: unknown,
): ConfiguredDetector {
  const { id, trainingNeighbours: search, searched } = detector
  const parameters = parseBySchema(schema, input ?? {}, 'anomaly-detection/invalid-parameters', `parameters of ${id}`)
  const fitted = (state: S): FittedDetector => ({
    id,
    parameters,
    columns: columnsOf(state),
    state,
    score: (x, context) => {
      checkMatrix(x, columnsOf(state))
      throwIfCancelled(context?.signal)
      return detector.score(state, x, context)
    },
    neighbourIndex: searched === undefined ? undefined : (rows) => neighbourIndexOf(searched(state), rows),
  })
  return {
    id,
    parameters,
    fit: (x, { seed = 0, signal, neighbours } = {}) => {
      checkSeed(seed)
      checkMatrix(x, x.columns)
      refuseBeyondRows(id, input, limits, x.rows)
      throwIfCancelled(signal)
      const context = { random: seededRandom(seed), signal, neighbours }
      const { state, trainingScores }: Fit<S> = detector.fit(x, parameters, context)
      return { ...fitted(state), trainingScores }
    },
    restore: (state) =>
      fitted(parseBySchema(stateSchema, state, 'anomaly-detection/corrupt-model', `stored state of ${id}`)),
    trainingNeighbours: search === undefined ? undefined : (rows) => search(parameters, rows),
    scoresTrainingRowsAsNew: detector.scoresTrainingRowsAsNew,
  }
}

function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-options',
    `seed is ${seed}; it must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
    { option: 'seed', value: seed },
  )
}

function checkMatrix(x: Matrix, columns: number): void {
  if (x.rows === 0 || x.columns === 0) {
    throw new AnomalyDetectionError('anomaly-detection/empty-dataset', 'there is no row, or no column, to work on', {
      rows: x.rows,
      columns: x.columns,
    })
  }
  if (x.columns !== columns || x.data.length !== x.rows * x.columns) {
    throw new AnomalyDetectionError(
      'anomaly-detection/shape-mismatch',
      `the data have ${x.rows} rows of ${x.columns} columns in ${x.data.length} values; ${columns} columns are needed`,
      { rows: x.rows, columns: x.columns, values: x.data.length, expected: columns },
    )
  }
  const bad = firstNonFinite(x.data)
  if (bad === -1) return
  const [row, column] = [Math.floor(bad / x.columns), bad % x.columns]
  throw new AnomalyDetectionError(
    'anomaly-detection/non-finite',
    `row ${row}, column ${column} is ${x.data[bad]}; a finite number is needed`,
    { row, column },
  )
}
