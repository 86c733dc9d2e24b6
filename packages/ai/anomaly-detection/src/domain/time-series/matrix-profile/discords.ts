import type { MatrixProfile } from './matrix-profile.ts'

/** A window unlike all others. */
export interface Discord {
  /** Where it begins. */
  readonly at: number
  readonly length: number
  /** To the most similar other window. */
  readonly distance: number
  /** Where that one begins. */
  readonly nearest: number
}

/**
 * The windows farthest from any other, the farthest first, the earlier one among equals; none overlaps another.
 * @param count - how many at most
 * @param isLeft - by the distances to earlier windows alone; default false
 */
export function discordsOf(profile: MatrixProfile, count: number, isLeft: boolean = false): ReadonlyArray<Discord> {
  const { length } = profile
  const distances = isLeft ? profile.leftDistances : profile.distances
  const nearest = isLeft ? profile.leftNearest : profile.nearest
  const order = Array.from(distances.keys())
    .filter((at) => !Number.isNaN(distances[at]))
    .sort((a, b) => (distances[b] as number) - (distances[a] as number) || a - b)
  const taken = new Uint8Array(distances.length)
  const found: Discord[] = []
  for (const at of order) {
    if (found.length >= count) break
    if (taken[at] === 1) continue
    found.push({ at, length, distance: distances[at] as number, nearest: nearest[at] as number })
    taken.fill(1, Math.max(0, at - length + 1), at + length)
  }
  return found
}
