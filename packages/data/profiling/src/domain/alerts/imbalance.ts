import type { ColumnProfile } from '../column-profile.ts'

/**
 * 1 - entropy / log2(categories): 0 where all are as frequent, towards 1 where one has nearly all rows. Of values beyond the
 * list it is taken that they share the rest evenly, which makes the result the least possible one.
 */
export function imbalanceOf(top: ColumnProfile['top'], count: number, distinct: number): number {
  if (distinct < 2 || top.length === 0) return 0
  const listed = top.reduce((sum, { count: times }) => sum + times, 0)
  const others = Math.max(0, distinct - top.length)
  const parts = top.map(({ count: times }) => times / count)
  const rest = others === 0 ? 0 : (count - listed) / count / others
  const entropy = parts.reduce((sum, share) => sum + entropyOf(share), 0) + others * entropyOf(rest)
  return 1 - entropy / Math.log2(distinct)
}

function entropyOf(share: number): number {
  return share > 0 ? -share * Math.log2(share) : 0
}
