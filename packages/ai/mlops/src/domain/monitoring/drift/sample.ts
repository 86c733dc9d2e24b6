import type { Column } from '../column.ts'

/** What the drift tests read of one column: the values that are there, in an order of their own. */
export interface Sample {
  readonly kind: Column['kind']
  readonly name: string
  /** Values that are not missing. */
  readonly size: number
  /** Ascending; empty for a column of names. */
  readonly sorted: Float64Array
  /** How often each value came; counted when first asked for. */
  readonly counts: () => ReadonlyMap<string, number>
}

/** Prepares a column for drift tests. Missing values are left out. */
export function sampleOf(column: Column): Sample {
  const { kind, name } = column
  if (kind === 'numeric') {
    const sorted = column.values.filter((value) => !Number.isNaN(value)).sort()
    return { kind, name, size: sorted.length, sorted, counts: once(() => countsOf(sorted)) }
  }
  const present = column.values.filter((value) => value !== null)
  return { kind, name, size: present.length, sorted: new Float64Array(0), counts: once(() => countsOf(present)) }
}

/** How often each category of either sample came in both: two arrays of the same length and order. */
export function commonCounts(a: Sample, b: Sample): [number[], number[]] {
  const [inA, inB] = [a.counts(), b.counts()]
  const names = [...new Set([...inA.keys(), ...inB.keys()])]
  return [names.map((name) => inA.get(name) ?? 0), names.map((name) => inB.get(name) ?? 0)]
}

/** How many different values the two samples have together; counted no further than just past `enough`. */
export function distinctOf(a: Sample, b: Sample, enough: number): number {
  if (a.kind === 'categorical') return new Set([...a.counts().keys(), ...b.counts().keys()]).size
  let [i, j, distinct] = [0, 0, 0]
  while (distinct <= enough && (i < a.sorted.length || j < b.sorted.length)) {
    const value = Math.min(a.sorted[i] ?? Infinity, b.sorted[j] ?? Infinity)
    while (i < a.sorted.length && a.sorted[i] === value) i++
    while (j < b.sorted.length && b.sorted[j] === value) j++
    distinct++
  }
  return distinct
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

function countsOf(values: Iterable<number | string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) {
    const name = String(value)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}
