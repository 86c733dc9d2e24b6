import type { ExpectationPoint, KeptResult, ResultSummary } from '../../domain/history/kept-result.ts'

/** Which results: all that fit every member given. */
export interface ResultsQuery {
  readonly dataset?: string | undefined
  readonly suite?: string | undefined
  /** Only those that began earlier, in epoch milliseconds. */
  readonly before?: number | undefined
  /** At most so many; 1 to 1,000, default 100. */
  readonly limit?: number | undefined
}

/**
 * Keeps the results of validations. Each call is atomic; several processes may use one store. Failures reject with QualityError
 * `quality/storage-failed`.
 */
export interface ResultsStore {
  /** Keeps one. The same id again changes nothing. */
  readonly append: (result: KeptResult) => Promise<void>
  readonly get: (id: string) => Promise<KeptResult | undefined>
  /** Newest first; of those that began at the same time the one kept last first. */
  readonly list: (query?: ResultsQuery) => Promise<ReadonlyArray<ResultSummary>>
  /** How the expectations of the results that `list` gives came out: newest result first, in the suite's order. */
  readonly points: (query?: ResultsQuery) => Promise<ReadonlyArray<ExpectationPoint>>
}
