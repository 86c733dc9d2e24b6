/** Rows of two results. */
export interface Overlap {
  readonly onlyA: ReadonlyArray<number>
  readonly onlyB: ReadonlyArray<number>
  readonly both: ReadonlyArray<number>
  /** Those in both of those in any; 1 where there are none at all. Source: P. Jaccard (1901). */
  readonly jaccard: number
}

/** Which rows are in which of two lists; the order of the first, then of the second. */
export function overlapOf(a: ReadonlyArray<number>, b: ReadonlyArray<number>): Overlap {
  const [inA, inB] = [new Set(a), new Set(b)]
  const both = a.filter((row) => inB.has(row))
  const onlyA = a.filter((row) => !inB.has(row))
  const onlyB = b.filter((row) => !inA.has(row))
  const all = both.length + onlyA.length + onlyB.length
  return { onlyA, onlyB, both, jaccard: all === 0 ? 1 : both.length / all }
}
