import type { Points } from '../../charts/points.ts'
import type { Range } from '../../charts/range.ts'

/**
 * Which rows of the data set a stretch of the axis may hold, by points that are a sample of it: from the last point before it to the
 * first behind it. Undefined where there is nothing.
 */
export function rowsWithin(
  { x, row }: Pick<Points, 'x' | 'row'>,
  [from, to]: Range,
  rows: number,
): readonly [start: number, end: number] | undefined {
  if (x.length === 0) return undefined
  const first = x.findLastIndex((one) => one < from)
  const last = x.findIndex((one) => one > to)
  const inside = row.slice(Math.max(0, first), last === -1 ? row.length : last + 1)
  let [least, most] = [rows, 0]
  for (const one of inside) {
    if (one < least) least = one
    if (one > most) most = one
  }
  if (first === -1) least = Math.min(least, row[0] ?? 0)
  return least > most ? undefined : [least, Math.min(rows, most + 1)]
}
