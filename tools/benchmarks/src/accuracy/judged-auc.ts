import type { ReferenceAuc } from './reference.ts'

/** Our ROC-AUC on a set beside the reference's, and whether the difference is small enough. */
export interface JudgedAuc {
  readonly set: string
  readonly detector: string
  readonly auc: number
  readonly difference: number
  readonly tolerance: number
  readonly agrees: boolean
}

const sameAlgorithm = 0.002
const sameDistribution = 0.01

/**
 * Without randomness the difference is at most 0.002. With randomness `aucs` has one value a seed, and their mean differs
 * by at most 0.01, or 3 of the reference's standard deviations where that is wider.
 */
export function judgedAuc(
  name: { readonly set: string; readonly detector: string; readonly random: boolean },
  aucs: ReadonlyArray<number>,
  reference: Pick<ReferenceAuc, 'auc' | 'sd'>,
): JudgedAuc {
  const { set, detector, random } = name
  const auc = aucs.reduce((sum, value) => sum + value, 0) / aucs.length
  const difference = auc - reference.auc
  const tolerance = random ? Math.max(sameDistribution, 3 * reference.sd) : sameAlgorithm
  return { set, detector, auc, difference, tolerance, agrees: Math.abs(difference) <= tolerance }
}
