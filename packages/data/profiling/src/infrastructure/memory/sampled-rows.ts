/**
 * Positions of rows drawn without replacement, ascending; all when the table has no more than wanted.
 * Source: R. Floyd, in J. Bentley (1987), A sample of brilliance; random words by splitmix32 from the seed.
 */
export function sampledRows(total: number, wanted: number, seed: number): Uint32Array {
  if (total <= wanted) return Uint32Array.from({ length: total }, (_, i) => i)
  const next = randomWords(seed)
  const chosen = new Set<number>()
  for (let j = total - wanted; j < total; j++) {
    const row = Math.floor((next() / 4_294_967_296) * (j + 1))
    chosen.add(chosen.has(row) ? j : row)
  }
  return Uint32Array.from(chosen).sort()
}

function randomWords(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
}
