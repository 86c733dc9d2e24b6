import type { RowRange } from './work-part.ts'

/** Cuts rows into so many runs, as equal as can be, none of them empty. */
export function rowRanges(rows: number, parts: number): ReadonlyArray<RowRange> {
  const count = Math.max(1, Math.min(parts, rows))
  return Array.from({ length: count }, (_, i) => ({
    from: Math.floor((rows * i) / count),
    to: Math.floor((rows * (i + 1)) / count),
  }))
}
