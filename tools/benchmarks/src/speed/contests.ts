import type { Size } from '../size.ts'

/** A detector of ours against one implementation of the same elsewhere. */
export interface Contest {
  /** Id in our catalogue. */
  readonly detector: string
  /** Ours; what is left out is our default, which is the peer's as well. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Name of the implementation in peers/measure.py. */
  readonly peer: string
  /** The implementation as people know it. */
  readonly against: string
  /** Whether the peer's fit scores the training rows too; then ours does as well. */
  readonly fitScoresTrainingRows: boolean
  /** Above these it runs only where asked: the cost grows with the square of the rows. */
  readonly usualRows?: number
  /** Above these it never runs. */
  readonly mostRows?: number
  /** Above these it never runs with more than 10 columns; `usualRows` where left out. */
  readonly wideRows?: number
  /** Above these it runs once, however many repetitions are asked for: each takes minutes. */
  readonly repeatedRows?: number
}

const neighbours = { usualRows: 10_000, mostRows: 100_000 }
const bruteForce = { usualRows: 100_000, mostRows: 100_000, wideRows: 10_000, repeatedRows: 10_000 }
const allPairs = { usualRows: 10_000, mostRows: 10_000 }

/** All contests there are. */
export const contests: ReadonlyArray<Contest> = [
  {
    detector: 'iforest',
    parameters: { nEstimators: 100, maxSamples: 256 },
    peer: 'iforest',
    against: 'scikit-learn IsolationForest',
    fitScoresTrainingRows: false,
  },
  againstPyod('ecod', 'ECOD'),
  againstPyod('copod', 'COPOD'),
  againstPyod('hbos', 'HBOS'),
  againstPyod('pca', 'PCA'),
  againstPyod('loda', 'LODA'),
  againstPyod('inne', 'INNE', { repeatedRows: 100_000 }),
  againstPyod('knn', 'KNN', neighbours),
  { ...againstPyod('knn', 'KNN, brute force', bruteForce), peer: 'knn-brute' },
  againstPyod('lof', 'LOF', neighbours),
  { ...againstPyod('lof', 'LOF, brute force', bruteForce), peer: 'lof-brute' },
  againstPyod('abod', 'fast ABOD', allPairs),
  againstPyod('kde', 'KDE', allPairs),
  againstPyod('ocsvm', 'OCSVM (libsvm)', allPairs),
  againstPyod('mcd', 'MCD', { usualRows: 100_000, repeatedRows: 10_000 }),
  againstPyod('gmm', 'GMM'),
  // with its own alpha of 0.9 PyOD's refuses data without clusters of very different sizes; ours starts k-means ten times
  { ...againstPyod('cblof', 'CBLOF, alpha 0.8, 10 starts'), parameters: { alpha: 0.8 } },
]

/** How many processes a side a contest is measured in. */
export function repetitionsOf({ repeatedRows = Infinity }: Contest, size: Size, asked: number): number {
  return size.rows > repeatedRows ? 1 : asked
}

/** Why a contest does not run at a size; nothing where it does. */
export function reasonToLeaveOut(contest: Contest, size: Size, all: boolean): string | undefined {
  const { usualRows = Infinity, mostRows = Infinity, wideRows = usualRows } = contest
  if (size.rows > mostRows || (size.rows > wideRows && size.columns > 10)) return 'the peer would take too long'
  if (size.rows > usualRows && !all) return 'takes minutes; --all includes it'
  return undefined
}

function againstPyod(
  id: string,
  name: string,
  limits: Pick<Contest, 'usualRows' | 'mostRows' | 'wideRows' | 'repeatedRows'> = {},
): Contest {
  return { detector: id, parameters: {}, peer: id, against: `PyOD ${name}`, fitScoresTrainingRows: true, ...limits }
}
