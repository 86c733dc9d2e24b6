import { compareCells } from './cell-order.ts'
import { type ColumnKind, isNumeric } from './cell.ts'
import type { ValueSketch } from './sketches/column-sketch.ts'

/** Values kept, at most. */
const KEPT = 1000

/**
 * Counts of values of two parts, as Space-Saving sketches merge: a value that one part does not list may occur there as often
 * as its bound says, so counts are sums of what is listed and `atMost` bounds what is missing, also of listed values.
 * Source: P. Agarwal et al. (2012), Mergeable summaries, section 3.
 * @param countA - values of the part, which bound a part without a list
 */
export function mergedValues(
  a: ValueSketch | undefined,
  b: ValueSketch | undefined,
  countA: number,
  countB: number,
  kind: ColumnKind,
): ValueSketch | undefined {
  if (a === undefined || b === undefined) return undefined
  const counts = new Map<ValueSketch['items'][number]['value'], number>()
  for (const { value, count } of [...a.items, ...b.items]) counts.set(value, (counts.get(value) ?? 0) + count)
  const items = [...counts].map(([value, count]) => ({ value, count }))
  const order = isNumeric(kind) ? 'decimal' : kind
  items.sort((x, y) => y.count - x.count || compareCells(cellOf(x.value, kind), cellOf(y.value, kind), order))
  const complete = a.complete && b.complete && items.length <= KEPT
  const unlisted = (a.complete ? 0 : Math.min(a.atMost, countA)) + (b.complete ? 0 : Math.min(b.atMost, countB))
  const cut = items.slice(0, KEPT)
  return { complete, atMost: Math.max(unlisted, items[KEPT]?.count ?? 0), items: cut }
}

// Numbers that are text in JSON stand among the others by size.
function cellOf(value: string | number | boolean, kind: ColumnKind): string | number | boolean {
  if (!isNumeric(kind) || typeof value === 'boolean') return value
  return typeof value === 'string' && /^-?[\d.]+$/.test(value)
    ? value
    : kind === 'float'
      ? Number(value)
      : String(value)
}
