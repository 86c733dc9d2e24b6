import type { Result } from './stream.ts'

/** What a live chart draws of results: columns of equal length, null where there is nothing. */
export interface Drawn {
  /** The numbers of the results. */
  readonly ids: ReadonlyArray<number>
  readonly values: ReadonlyArray<number | null>
  readonly anomalies: ReadonlyArray<number | null>
  readonly expected: ReadonlyArray<number | null>
  /** What the threshold is of: the probability, or the score where there is none. */
  readonly scores: ReadonlyArray<number>
}

/** The results of one entity, and of those one feature. @param key - undefined: of all */
export function drawnOf(results: ReadonlyArray<Result>, key: string | undefined, feature: number): Drawn {
  const of = key === undefined ? results : results.filter((result) => result.key === key)
  const valueOf = ({ values }: Result): number | null => values[feature] ?? null
  return {
    ids: of.map(({ id }) => id),
    values: of.map(valueOf),
    anomalies: of.map((result) => (result.anomaly ? valueOf(result) : null)),
    expected: of.map(({ expected }) => expected?.[feature] ?? null),
    scores: of.map(({ probability, score }) => probability ?? score),
  }
}

/** The entities among results, in the order of their names; none where there is but one model. */
export function keysOf(results: ReadonlyArray<Result>): ReadonlyArray<string> {
  return [...new Set(results.flatMap(({ key }) => (key === undefined ? [] : [key])))].toSorted()
}
