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

/** The goals of the first release: a third of scikit-learn's CPU time, half of PyOD's. */
export const goals: ReadonlyArray<Goal> = [
  { peer: 'iforest', size: '100000x10', step: 'fit + score', atLeast: 3 },
  { peer: 'ecod', size: '100000x10', step: 'fit', atLeast: 2 },
  { peer: 'ecod', size: '100000x10', step: 'fit + score', atLeast: 2 },
  { peer: 'hbos', size: '100000x10', step: 'fit', atLeast: 2 },
  { peer: 'hbos', size: '100000x10', step: 'fit + score', atLeast: 2 },
]

/** Judges a goal by the measured ratio; not rounded, so 1.996 does not meet 2. */
export function judged(goal: Goal, ratio: number | undefined): Verdict {
  if (ratio === undefined) return { kind: 'not measured' }
  return { kind: ratio >= goal.atLeast ? 'met' : 'missed', ratio }
}

/** The goal for a peer, size and step, where there is one. */
export function goalOf(peer: string, size: Size, step: Step): Goal | undefined {
  return goals.find((goal) => goal.peer === peer && goal.size === sizeName(size) && goal.step === step)
}
