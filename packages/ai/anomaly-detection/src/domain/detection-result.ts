import type { Anomaly } from './anomaly.ts'
import type { Dataset } from './dataset.ts'
import { type ColumnCenters, columnCentersOf, deviationsOf } from './feature-deviation.ts'

const FEATURES_SHOWN = 3

/** What a detection was made with, and what it found; see `DetectionResult` for the meaning of each. */
export interface DetectionRecord {
  readonly id: string
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly scores: Float64Array
  readonly threshold: number
  readonly metadata: Readonly<Record<string, unknown>>
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
  #centers: ColumnCenters | undefined

  constructor(record: DetectionRecord, dataset: Dataset) {
    this.id = record.id
    this.algorithm = record.algorithm
    this.parameters = record.parameters
    this.scores = record.scores
    this.threshold = record.threshold
    this.predictions = Uint8Array.from(record.scores, (score) => (score > record.threshold ? 1 : 0))
    this.metadata = record.metadata
    this.#dataset = dataset
  }

  /** How many rows lie above the threshold. */
  get anomalyCount(): number {
    return this.predictions.reduce((sum, one) => sum + one, 0)
  }

  /**
   * The anomalous rows, the highest score first (the lower row first among equals).
   * @param limit - how many at most; default all
   */
  anomalies(limit: number = Infinity): ReadonlyArray<Anomaly> {
    const rows: number[] = []
    for (let row = 0; row < this.predictions.length; row++) if (this.predictions[row] === 1) rows.push(row)
    rows.sort((a, b) => (this.scores[b] as number) - (this.scores[a] as number) || a - b)
    return rows.slice(0, limit).map((row) => this.#anomalyOf(row))
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
    const { data, columns, sourceRows } = this.#dataset
    this.#centers ??= columnCentersOf(this.#dataset)
    const values = data.subarray(row * columns, (row + 1) * columns)
    return {
      index: sourceRows?.[row] ?? row,
      score: this.scores[row] as number,
      features: deviationsOf(this.#centers, values, FEATURES_SHOWN),
    }
  }
}
