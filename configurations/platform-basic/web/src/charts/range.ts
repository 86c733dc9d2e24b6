/** A stretch of an axis, in the units of the axis; the second is greater. */
export type Range = readonly [from: number, to: number]

/** The stretches that are next to one, and what they are called. */
export const MOVES = ['earlier', 'later', 'closer', 'wider'] as const

/** A stretch moved by a third of itself, or halved or doubled about its middle; never beyond the whole. */
export function moved([from, to]: Range, [least, most]: Range, move: (typeof MOVES)[number]): Range {
  const width = to - from
  if (move === 'closer') return [from + width / 4, to - width / 4]
  if (move === 'wider') return [Math.max(least, from - width / 2), Math.min(most, to + width / 2)]
  const step = (move === 'earlier' ? -1 : 1) * Math.min(width / 3, move === 'earlier' ? from - least : most - to)
  return [from + step, to + step]
}

/** The stretch that a URL names. */
export function rangeIn(query: URLSearchParams): Range | undefined {
  const [from, to] = [Number(query.get('from') ?? Number.NaN), Number(query.get('to') ?? Number.NaN)]
  return from < to ? [from, to] : undefined
}
