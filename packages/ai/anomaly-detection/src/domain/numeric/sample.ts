/**
 * `size` distinct numbers out of 0..n-1, every set equally likely, in O(size).
 * Source: R. Floyd in J. Bentley (1987), Programming Pearls: A Sample of Brilliance.
 */
export function sampleWithoutReplacement(n: number, size: number, random: () => number): Int32Array {
  const chosen = new Set<number>()
  for (let last = n - size; last < n; last++) {
    const pick = Math.floor(random() * (last + 1))
    chosen.add(chosen.has(pick) ? last : pick)
  }
  return Int32Array.from(chosen)
}
