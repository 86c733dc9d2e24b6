import type { Model } from '../../domain/model.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'

/**
 * What is kept of each row: its score, NaN without one; of a series its time (epoch milliseconds), value, expected value and
 * band, NaN where there is none, and the index of its entity, 2^32 - 1 for a row that is in none.
 */
export type RowColumn = 'score' | 'time' | 'value' | 'expected' | 'lower' | 'upper' | 'entity'

/** Numbers as they are kept: 64 bits a number, 32 bits a row or an entity. */
export type KeptNumbers = Float64Array | Uint32Array

/** The entity of a row that is in no series. */
export const NO_ENTITY: number = 2 ** 32 - 1

/** Some consecutive rows of a result on their way in. Every part of a result has the same columns, each of the same length. */
export interface ResultPart extends Readonly<Partial<Record<Exclude<RowColumn, 'score' | 'entity'>, Float64Array>>> {
  readonly score: Float64Array
  readonly entity?: Uint32Array | undefined
}

/** A result as it is told once all rows are in; what follows from the scores the store finds itself. */
export type ResultDraft = Omit<ResultInfo, 'id' | 'rows' | 'anomalyCount' | 'scores'>

/** A result on its way in. Nobody sees it before `finish` has resolved, and then for good. */
export interface ResultWriter {
  /** Rows that it had at the start: those that an earlier writer of the same id had put on disk, where it is gone on with. */
  readonly rows: number
  readonly append: (part: ResultPart) => Promise<void>
  /** Resolves when what was appended is on disk. */
  readonly sync: () => Promise<void>
  /**
   * @param fitted - the detector, where later explanations are to be made with it; not kept where it is large
   * @returns the result that is kept under the id: where there was one already, that one
   */
  readonly finish: (draft: ResultDraft, fitted?: Model) => Promise<ResultInfo>
  /** Lets go of it: what is on disk stays for a later writer of the same id. */
  readonly leave: () => Promise<void>
  /** Forgets it; harmless after `finish`. */
  readonly abandon: () => Promise<void>
}

/** A kept result. */
export interface KeptResult {
  readonly info: ResultInfo
  /** `count` numbers of a column from row `start` on, fewer at its end; `order` has the rows by score, the highest first, those without a score last. */
  readonly read: (column: RowColumn | 'order', start: number, count: number) => Promise<KeptNumbers>
  /** The numbers of the given rows. */
  readonly pick: (column: RowColumn | 'order', rows: ArrayLike<number>) => Promise<Float64Array>
  /** The fitted detector, where it was kept. */
  readonly fitted: () => Promise<Model | undefined>
}

/** Keeps results: each is there whole or not at all. Several calls may run at once. */
export interface ResultStore {
  /**
   * Begins a result.
   * @param rows - how many rows of an earlier, unfinished writer of this id to go on with; where they are not there, it begins at 0
   */
  readonly write: (id: string, rows?: number) => Promise<ResultWriter>
  /** @throws AnomalyDetectionError `unknown-result`, `corrupt-result` */
  readonly open: (id: string) => Promise<KeptResult>
  /** All of them, the newest first. */
  readonly list: () => Promise<ReadonlyArray<ResultInfo>>
  /** Removes a result with its feedback. @throws AnomalyDetectionError `unknown-result` */
  readonly remove: (id: string) => Promise<void>
}
