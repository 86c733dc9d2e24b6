import type { Size } from '../size.ts'

/** Work that is measured on one thread and on several. */
export interface ThreadContest {
  /** Id in our catalogue. */
  readonly detector: string
  readonly size: Size
  /** Whether learning, with the scores of the rows learned from, is cut into parts too. */
  readonly fitsInParts: boolean
}

/** Of the wall time on one thread to that on two. */
export const LEAST_GAIN = 1.7

/** What is cut into parts from the sizes named here on, or smaller ones: see worth-splitting.ts of the package. */
export const threadContests: ReadonlyArray<ThreadContest> = [
  contest('iforest', 1_000_000, true),
  contest('inne', 200_000, true),
  contest('eif', 100_000, true),
  contest('loda', 1_000_000, false),
  ...['knn', 'lof', 'cof', 'abod', 'sod'].map((detector) => contest(detector, 20_000, true)),
  ...['knn', 'lof'].map((detector) => contest(detector, 50_000, true)),
  contest('kde', 10_000, false),
  contest('ocsvm', 10_000, false),
]

function contest(detector: string, rows: number, fitsInParts: boolean): ThreadContest {
  return { detector, size: { rows, columns: 10 }, fitsInParts }
}
