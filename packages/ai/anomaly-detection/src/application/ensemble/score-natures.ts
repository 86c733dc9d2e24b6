import type { ScoreNature } from '../../domain/unification/regularity.ts'

const natures: Readonly<Record<string, ScoreNature>> = {
  lof: { base: 1 },
  cof: { base: 1 },
  feature_bagging: { base: 1 },
  abod: { isMinusScale: true },
}

/** What the definition of a detector's score says about its regularity: see `ScoreNature`. */
export function natureOf(detector: string): ScoreNature {
  return natures[detector] ?? {}
}
