/** Order statistics by selection, O(n) on average, without sorting. */
import { BracketedRank, type NeighbouringRanks, WORTH_A_BRACKET } from './bracketed-rank.ts'
import { selectInPlace } from './selection.ts'

export { selectInPlace } from './selection.ts'

/**
 * The q-quantile with linear interpolation between order statistics, as numpy's default and R's type 7.
 * @param values - shape (n), n >= 1, no NaN; left as it is
 * @param q - in [0, 1]
 */
export function quantile(values: Float64Array, q: number): number {
  const position = q * (values.length - 1)
  const index = Math.floor(position)
  const weight = position - index
  const { lower, upper } = ranksAt(values, index)
  return betweenRanks(lower, upper, weight)
}

/** What lies at `weight`, in [0, 1), of the way from one order statistic to the next. */
export function betweenRanks(lower: number, upper: number, weight: number): number {
  if (weight === 0) return lower
  const gap = upper - lower
  return weight >= 0.5 ? upper - gap * (1 - weight) : lower + gap * weight // numpy's own order of operations
}

/** The middle value, or the mean of the two middle ones. @param values - shape (n), n >= 1; left as it is */
export function median(values: Float64Array): number {
  return quantile(values, 0.5)
}

function ranksAt(values: Float64Array, index: number): NeighbouringRanks {
  if (values.length >= WORTH_A_BRACKET) {
    const bracket = new BracketedRank(values.length, index, (i) => at(values, i))
    bracket.add(values, 0, values.length, 1)
    const found = bracket.ranks()
    if (found !== undefined) return found
  }
  const work = values.slice()
  const lower = selectInPlace(work, index)
  let upper = Infinity
  for (let i = index + 1; i < work.length; i++) upper = Math.min(upper, at(work, i))
  return { lower, upper }
}

function at(values: Float64Array, index: number): number {
  return values[index] as number
}
