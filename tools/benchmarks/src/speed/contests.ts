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
}

const neighbours = { fitScoresTrainingRows: true, usualRows: 10_000, mostRows: 100_000 }

/** All contests there are. */
export const contests: ReadonlyArray<Contest> = [
  {
    detector: 'iforest',
    parameters: { nEstimators: 100, maxSamples: 256 },
    peer: 'iforest',
    against: 'scikit-learn IsolationForest',
    fitScoresTrainingRows: false,
  },
  { detector: 'ecod', parameters: {}, peer: 'ecod', against: 'PyOD ECOD', fitScoresTrainingRows: true },
  { detector: 'copod', parameters: {}, peer: 'copod', against: 'PyOD COPOD', fitScoresTrainingRows: true },
  { detector: 'hbos', parameters: {}, peer: 'hbos', against: 'PyOD HBOS', fitScoresTrainingRows: true },
  { detector: 'pca', parameters: {}, peer: 'pca', against: 'PyOD PCA', fitScoresTrainingRows: true },
  { detector: 'knn', parameters: {}, peer: 'knn', against: 'PyOD KNN', ...neighbours },
  { detector: 'knn', parameters: {}, peer: 'knn-brute', against: 'PyOD KNN, brute force', ...neighbours },
  { detector: 'lof', parameters: {}, peer: 'lof', against: 'PyOD LOF', ...neighbours },
  { detector: 'lof', parameters: {}, peer: 'lof-brute', against: 'PyOD LOF, brute force', ...neighbours },
]

/** Why a contest does not run at a size; nothing where it does. */
export function reasonToLeaveOut(contest: Contest, size: Size, all: boolean): string | undefined {
  const { usualRows = Infinity, mostRows = Infinity } = contest
  if (size.rows > mostRows || (size.rows > usualRows && size.columns > 10)) return 'the peer would take too long'
  if (size.rows > usualRows && !all) return 'takes minutes; --all includes it'
  return undefined
}
