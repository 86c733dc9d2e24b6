import { type Size, sizeName } from '../size.ts'

/** A part of the work: learning, scoring the same rows anew, or both together. */
export type Step = 'fit' | 'score' | 'fit + score'

/** A ratio of CPU times (the peer's to ours) that we want to reach. */
export interface Goal {
  readonly peer: string
  readonly size: string
  readonly step: Step
  readonly atLeast: number
}

/** What became of a goal. */
export type Verdict = { readonly kind: 'met' | 'missed'; readonly ratio: number } | { readonly kind: 'not measured' }

const EVERY_SIZE = ['10000x10', '100000x10', '100000x50', '1000000x10']
const SMALL = ['10000x10']

/** How many times the peer's CPU time we want to be below, on one thread each. */
export const goals: ReadonlyArray<Goal> = [
  ...at(EVERY_SIZE, 'iforest', 'fit', 3),
  ...at(EVERY_SIZE, 'iforest', 'score', 4),
  { peer: 'iforest', size: '100000x10', step: 'fit + score', atLeast: 3 },
  ...['ecod', 'copod'].flatMap((peer) => [...at(EVERY_SIZE, peer, 'fit', 5), ...at(EVERY_SIZE, peer, 'score', 8)]),
  ...at(EVERY_SIZE, 'hbos', 'fit + score', 2.5),
  ...at(EVERY_SIZE, 'pca', 'fit + score', 1),
  ...['knn', 'lof'].flatMap((peer) => [
    ...at(SMALL, peer, 'fit + score', 3),
    ...at(SMALL, `${peer}-brute`, 'fit + score', 1),
    ...at(['100000x10'], `${peer}-brute`, 'fit + score', 2),
  ]),
  ...at(SMALL, 'kde', 'fit + score', 3),
  ...at(SMALL, 'abod', 'fit + score', 3),
  ...at(SMALL, 'ocsvm', 'fit + score', 1),
  ...at(['10000x10', '100000x10'], 'inne', 'fit + score', 3),
  ...at(['10000x10', '100000x10'], 'loda', 'fit + score', 2),
  ...at(['10000x10', '100000x10'], 'mcd', 'fit + score', 1.5),
  ...at(['10000x10', '100000x10'], 'gmm', 'fit + score', 1.5),
  ...at(['10000x10', '100000x10'], 'cblof', 'fit + score', 0.8),
]

function at(sizes: ReadonlyArray<string>, peer: string, step: Step, atLeast: number): ReadonlyArray<Goal> {
  return sizes.map((size) => ({ peer, size, step, atLeast }))
}

/** Judges a goal by the measured ratio; not rounded, so 1.996 does not meet 2. */
export function judged(goal: Goal, ratio: number | undefined): Verdict {
  if (ratio === undefined) return { kind: 'not measured' }
  return { kind: ratio >= goal.atLeast ? 'met' : 'missed', ratio }
}

/** The goal for a peer, size and step, where there is one. */
export function goalOf(peer: string, size: Size, step: Step): Goal | undefined {
  return goals.find((goal) => goal.peer === peer && goal.size === sizeName(size) && goal.step === step)
}
