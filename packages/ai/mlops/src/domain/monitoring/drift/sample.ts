import type { Column } from '../column.ts'

/** What the drift tests read of one column: the values that are there, in an order of their own. */
export interface Sample {
  readonly kind: Column['kind']
  readonly name: string
  /** Values that are not missing. */
  readonly size: number
  /** Ascending; empty for a column of names. */
  readonly sorted: Float64Array
  /** How often each value came. */
  readonly counts: ReadonlyMap<string, number>
}

/** Prepares a column for drift tests. Missing values are left out. */
export function sampleOf(column: Column): Sample {
  const { kind, name } = column
  if (kind === 'numeric') {
    const sorted = column.values.filter((value) => !Number.isNaN(value)).sort()
    return { kind, name, size: sorted.length, sorted, counts: countsOf(sorted) }
  }
  const present = column.values.filter((value) => value !== null)
  return { kind, name, size: present.length, sorted: new Float64Array(0), counts: countsOf(present) }
}

/** How often each category of either sample came in both: two arrays of the same length and order. */
export function commonCounts(a: Sample, b: Sample): [number[], number[]] {
  const names = [...new Set([...a.counts.keys(), ...b.counts.keys()])]
  return [names.map((name) => a.counts.get(name) ?? 0), names.map((name) => b.counts.get(name) ?? 0)]
}

/** How many different values the two samples have together. */
export function distinctOf(a: Sample, b: Sample): number {
  let distinct = a.counts.size
  for (const name of b.counts.keys()) if (!a.counts.has(name)) distinct++
  return distinct
}

function countsOf(values: Iterable<number | string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) {
    const name = String(value)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}
