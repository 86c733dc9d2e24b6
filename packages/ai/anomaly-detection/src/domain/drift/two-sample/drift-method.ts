import type { ColumnPair } from './column-pair.ts'

/**
 * How one column of two samples is compared. The last four are distances, held against a fixed limit; the others are tests with a
 * p value. For numbers alone: all but `chi-squared`, `fisher` (two categories), `psi`, `jensen-shannon` and `hellinger`, which for
 * numbers work on ten bins of equal shares of the reference; the first two are for categories alone.
 */
export type DriftMethod =
  | 'anderson-darling'
  | 'kolmogorov-smirnov'
  | 'cramer-von-mises'
  | 'mann-whitney'
  | 'welch'
  | 'energy'
  | 'chi-squared'
  | 'fisher'
  | 'psi'
  | 'jensen-shannon'
  | 'hellinger'
  | 'wasserstein'

/** Every method, tests before distances. */
export const DRIFT_METHODS: ReadonlyArray<DriftMethod> = [
  'anderson-darling',
  'kolmogorov-smirnov',
  'cramer-von-mises',
  'mann-whitney',
  'welch',
  'energy',
  'chi-squared',
  'fisher',
  'psi',
  'jensen-shannon',
  'hellinger',
  'wasserstein',
]

const FOR_NUMBERS: ReadonlySet<DriftMethod> = new Set([
  'anderson-darling',
  'kolmogorov-smirnov',
  'cramer-von-mises',
  'mann-whitney',
  'welch',
  'energy',
  'psi',
  'jensen-shannon',
  'hellinger',
  'wasserstein',
])

/** The distance that is drift, by custom; of wasserstein in standard deviations of the reference. */
export const DISTANCE_LIMITS: ReadonlyMap<DriftMethod, number> = new Map([
  ['psi', 0.25],
  ['jensen-shannon', 0.1],
  ['hellinger', 0.1],
  ['wasserstein', 0.1],
])

const FEW_EXPECTED = 5

/**
 * The choice by type and size. Numbers: Anderson-Darling, whose p value is right from few values on and not held back by ties and
 * steps as that of Kolmogorov-Smirnov is; fewer than 4 values on a side: Kolmogorov-Smirnov, exact. Categories: chi-squared; two
 * of them, one expected fewer than 5 times: Fisher's exact test.
 */
export function automaticMethod(pair: ColumnPair): DriftMethod {
  const { reference, current } = pair
  if (pair.kind === 'number') {
    return Math.min(reference.size, current.size) < 4 ? 'kolmogorov-smirnov' : 'anderson-darling'
  }
  const names = new Set([...reference.counts.keys(), ...current.counts.keys()])
  if (names.size !== 2) return 'chi-squared'
  const share = Math.min(reference.size, current.size) / (reference.size + current.size)
  const rarest = Math.min(
    ...[...names].map((name) => (reference.counts.get(name) ?? 0) + (current.counts.get(name) ?? 0)),
  )
  return rarest * share < FEW_EXPECTED ? 'fisher' : 'chi-squared'
}

/** Whether a method can compare such a column. */
export function suits(method: DriftMethod, { kind, reference, current }: ColumnPair): boolean {
  if (kind === 'number') return FOR_NUMBERS.has(method)
  if (method === 'fisher') return new Set([...reference.counts.keys(), ...current.counts.keys()]).size === 2
  return method === 'chi-squared' || method === 'psi' || method === 'jensen-shannon' || method === 'hellinger'
}
