import type { Anomaly } from './anomaly.ts'
import type { Dataset } from './dataset.ts'
import type { RowExplanation } from './explanation/explanation.ts'
import { type ColumnCenters, columnCentersOf, deviationsOf } from './feature-deviation.ts'
import { countAbove, rankedRows } from './ranked-rows.ts'

const FEATURES_SHOWN = 3

/** What a detection was made with, and what it found; see `DetectionResult` for the meaning of each. */
export interface DetectionRecord {
  readonly id: string
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly scores: Float64Array
  readonly threshold: number
  readonly metadata: Readonly<Record<string, unknown>>
  /** Why rows score as they do, by row of the data set, for those that were explained. */
  readonly explanations?: ReadonlyMap<number, RowExplanation> | undefined
}

/** A detection result as plain JSON data. */
export interface DetectionResultJson {
  readonly id: string
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly threshold: number
  readonly metadata: Readonly<Record<string, unknown>>
  readonly scores: ReadonlyArray<number>
  readonly predictions: ReadonlyArray<number>
  readonly anomalies: ReadonlyArray<Anomaly>
}

/** The outcome of one detection over one data set. */
export class DetectionResult {
  readonly id: string
  /** The detector's id, e.g. `iforest`. */
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** One per row of the data set, shape (rows); finite, higher is more anomalous. */
  readonly scores: Float64Array
  /** A row is an anomaly when its score is above this. */
  readonly threshold: number
  /** 1 for an anomaly, 0 for a normal row, shape (rows). */
  readonly predictions: Uint8Array
  /** `rows`, `features`, `seed`, `createdAt` (epoch ms), times, and what else the use case recorded. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly #dataset: Dataset
  readonly #explanations: ReadonlyMap<number, RowExplanation> | undefined
  #centers: ColumnCenters | undefined

  constructor(record: DetectionRecord, dataset: Dataset) {
    this.id = record.id
    this.algorithm = record.algorithm
    this.parameters = record.parameters
    this.scores = record.scores
    this.threshold = record.threshold
    this.predictions = new Uint8Array(record.scores.length)
    for (let row = 0; row < this.predictions.length; row++) {
      if ((record.scores[row] as number) > record.threshold) this.predictions[row] = 1
    }
    this.metadata = record.metadata
    this.#dataset = dataset
    this.#explanations = record.explanations
  }

  /** How many rows lie above the threshold. */
  get anomalyCount(): number {
    return countAbove(this.scores, this.threshold)
  }

  /**
   * The anomalous rows, the highest score first (the lower row first among equals).
   * @param limit - how many at most; default all
   */
  anomalies(limit: number = Infinity): ReadonlyArray<Anomaly> {
    return Array.from(rankedRows(this.scores, this.threshold, limit), (row) => this.#anomalyOf(row))
  }

  /** As `anomalies`, without what stands out in each row, which takes a look at every column of the data. */
  ranking(limit: number = Infinity): ReadonlyArray<Pick<Anomaly, 'index' | 'score'>> {
    return Array.from(rankedRows(this.scores, this.threshold, limit), (row) => this.#rankedOf(row))
  }

  /** Plain data for `JSON.stringify`. */
  toJSON(): DetectionResultJson {
    return {
      id: this.id,
      algorithm: this.algorithm,
      parameters: this.parameters,
      threshold: this.threshold,
      metadata: this.metadata,
      scores: Array.from(this.scores),
      predictions: Array.from(this.predictions),
      anomalies: this.anomalies(),
    }
  }

  #anomalyOf(row: number): Anomaly {
    const { data, columns } = this.#dataset
    this.#centers ??= columnCentersOf(this.#dataset)
    const values = data.subarray(row * columns, (row + 1) * columns)
    const explanation = this.#explanations?.get(row)
    const features = deviationsOf(this.#centers, values, FEATURES_SHOWN)
    return { ...this.#rankedOf(row), features, ...(explanation && { explanation }) }
  }

  #rankedOf(row: number): Pick<Anomaly, 'index' | 'score'> {
    return { index: this.#dataset.sourceRows?.[row] ?? row, score: this.scores[row] as number }
  }
}
