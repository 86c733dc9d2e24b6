import type { ColumnProfile } from '../column-profile.ts'
import { isPersonal } from '../meaning/column-meaning.ts'

/** Counts of the values that both sides know of, and one of all others at the end. */
export interface CategoryCounts {
  readonly reference: ReadonlyArray<number>
  readonly current: ReadonlyArray<number>
}

/**
 * Counts of categories of two columns from their lists of frequent values. A value counts by itself where each side lists it or
 * lists all of its values; else it goes to the others. Undefined where there are no lists, or they are masked.
 */
export function categoryCounts(reference: ColumnProfile, current: ColumnProfile): CategoryCounts | undefined {
  if (isPersonal(reference.semantic) || isPersonal(current.semantic)) return undefined
  const [a, b] = [listOf(reference), listOf(current)]
  if (a.counts.size === 0 || b.counts.size === 0) return undefined
  const common = [...new Set([...a.counts.keys(), ...b.counts.keys()])].filter(
    (value) => (a.complete || a.counts.has(value)) && (b.complete || b.counts.has(value)),
  )
  const countsOf = ({ counts, total }: ValueList): ReadonlyArray<number> => {
    const known = common.map((value) => counts.get(value) ?? 0)
    return [...known, Math.max(0, total - known.reduce((sum, count) => sum + count, 0))]
  }
  return { reference: countsOf(a), current: countsOf(b) }
}

interface ValueList {
  readonly counts: ReadonlyMap<string, number>
  readonly total: number
  readonly complete: boolean
}

function listOf({ top, sketches, count, distinct }: ColumnProfile): ValueList {
  const items = sketches?.values?.items ?? top
  const counts = new Map<string, number>()
  for (const { value, count: times } of items) counts.set(String(value), (counts.get(String(value)) ?? 0) + times)
  return {
    counts,
    total: count,
    complete: sketches?.values?.complete ?? (distinct.exact && top.length === distinct.value),
  }
}
