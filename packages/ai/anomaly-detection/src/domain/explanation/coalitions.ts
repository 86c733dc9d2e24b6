/**
 * Which sets of features are told to a detector, and with what weight each counts in Kernel SHAP.
 * Source: S. Lundberg, S.-I. Lee (2017), A Unified Approach to Interpreting Model Predictions, NeurIPS, theorem 2; sets in
 * pairs with their complements as in I. Covert, S.-I. Lee (2021), Improving KernelSHAP, AISTATS.
 */
import { sampleWithoutReplacement } from '../numeric/sample.ts'

/** Sets of features other than none and all. */
export interface Coalitions {
  readonly count: number
  /** 1 where a feature is told; shape (count, features). */
  readonly masks: Uint8Array
  /** Shape (count). */
  readonly weights: Float64Array
  /** The draw that a set belongs to, itself and its complement; -1 for one that is there by rule. Shape (count). */
  readonly draws: Int32Array
}

/** Every set, none and all too: set s holds feature i where bit i of s is 1. Shape (2^features, features). */
export function everyCoalition(features: number): Uint8Array {
  const masks = new Uint8Array(2 ** features * features)
  for (let set = 0, at = 0; set < 2 ** features; set++) {
    for (let feature = 0; feature < features; feature++) masks[at++] = (set >> feature) & 1
  }
  return masks
}

/**
 * Sets from the smallest and largest inwards, all of a size as long as the budget lasts; of the sizes left, by lot.
 * @param features - >= 3
 * @param budget - sets, >= 2 * features, fewer than there are
 */
export function sampledCoalitions(features: number, budget: number, random: () => number): Coalitions {
  const masks = new Uint8Array(budget * features)
  const weights = new Float64Array(budget)
  const draws = new Int32Array(budget).fill(-1)
  let count = 0
  const add = (members: ArrayLike<number>, isComplement: boolean, weight: number, draw: number): void => {
    const at = count * features
    if (isComplement) masks.fill(1, at, at + features)
    for (let i = 0; i < members.length; i++) masks[at + (members[i] as number)] = isComplement ? 0 : 1
    weights[count] = weight
    draws[count++] = draw
  }

  let size = 1
  for (; size <= features / 2; size++) {
    const sets = binomial(features, size)
    const isOwnComplement = 2 * size === features
    if (sets * (isOwnComplement ? 1 : 2) > budget - count) break
    for (const members of subsetsOf(features, size)) {
      add(members, false, weightOf(features, size) / sets, -1)
      if (!isOwnComplement) add(members, true, weightOf(features, size) / sets, -1)
    }
  }
  const sizes = Array.from({ length: Math.floor(features / 2) - size + 1 }, (_, i) => size + i)
  const shares = sizes.map((one) => weightOf(features, one) * (2 * one === features ? 1 : 2))
  const whole = shares.reduce((sum, one) => sum + one, 0)
  const pairs = Math.floor((budget - count) / 2)
  for (let draw = 0; draw < pairs; draw++) {
    const members = sampleWithoutReplacement(features, sizes[drawnFrom(shares, whole * random())] ?? size, random)
    add(members, false, whole / (2 * pairs), draw)
    add(members, true, whole / (2 * pairs), draw)
  }
  return { count, masks, weights, draws }
}

// What all sets of a size weigh together.
function weightOf(features: number, size: number): number {
  return (features - 1) / (size * (features - size))
}

function drawnFrom(shares: ReadonlyArray<number>, at: number): number {
  let left = at
  for (const [i, share] of shares.entries()) if ((left -= share) < 0) return i
  return shares.length - 1
}

function binomial(n: number, k: number): number {
  let product = 1
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i
  return Math.round(product)
}

function* subsetsOf(n: number, size: number): Generator<ReadonlyArray<number>> {
  const members = Array.from({ length: size }, (_, i) => i)
  for (;;) {
    yield members
    let at = size - 1
    while (at >= 0 && members[at] === n - size + at) at--
    if (at < 0) return
    members[at] = (members[at] ?? 0) + 1
    for (let i = at + 1; i < size; i++) members[i] = (members[i - 1] ?? 0) + 1
  }
}
