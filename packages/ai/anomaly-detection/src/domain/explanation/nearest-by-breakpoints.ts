/** The exact search where the score is constant between breakpoints: from the row's value outwards, piece by piece. */
import { throwIfCancelled } from '../cancellation.ts'
import { nextDown, nextUp } from './adjacent-doubles.ts'
import { type ChangeableNumber, distanceOf, withValue } from './changeable-feature.ts'
import type { CounterfactualSearch, NormalValue } from './counterfactual-search.ts'
import { scoresOfMoves } from './score-moves.ts'
import { scoreOfRow } from './score-rows.ts'

const FIRST_BATCH = 256
const LARGEST_BATCH = 2 ** 20 // values, of whole rows where these are scored
const MANY = 2 ** 14
const ROUNDING = 1e-9

/** The value nearest to the row's that makes it normal; undefined where none is nearer than `within` (exclusive). */
export async function nearestByBreakpoints(
  search: CounterfactualSearch,
  feature: ChangeableNumber,
  within: number,
): Promise<NormalValue | undefined> {
  const outwards = nearestFirst(search.breakpointsOf?.(feature.column) ?? new Float64Array(0), feature)
  const largest = search.scoreMoves === undefined ? Math.ceil(LARGEST_BATCH / search.row.length) : LARGEST_BATCH
  for (let size = FIRST_BATCH; ; size = Math.min(size * 4, largest)) {
    throwIfCancelled(search.signal)
    if (size >= MANY && isOutOfReach(search, feature)) return undefined
    const values = take(outwards, size, (value) => distanceOf(feature, value) < within)
    if (values.length === 0) return undefined
    const scores = await scoresOfMoves(search, feature, values)
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number
      if ((scores[i] as number) > search.threshold) continue
      // a quicker score may differ in its last digit
      if ((await scoreOfRow(withValue(search.row, feature, value), search.score)) > search.threshold) continue
      return { value, distance: distanceOf(feature, value) }
    }
  }
}

function isOutOfReach({ lowestScore, threshold }: CounterfactualSearch, { column }: ChangeableNumber): boolean {
  return lowestScore !== undefined && lowestScore(column) > threshold + ROUNDING * Math.max(1, Math.abs(threshold))
}

// Each piece's nearest end is a breakpoint or the double beyond it: those, the nearest first.
function* nearestFirst(breakpoints: Float64Array, { current, isWhole }: ChangeableNumber): Generator<number> {
  const below = side(
    breakpoints,
    breakpoints.findLastIndex((value) => value <= current),
    -1,
    isWhole,
  )
  const from = breakpoints.findIndex((value) => value >= current)
  const above = side(breakpoints, from === -1 ? breakpoints.length : from, 1, isWhole)
  let low = below.next()
  let high = above.next()
  while (low.done !== true || high.done !== true) {
    if (high.done === true || (low.done !== true && current - low.value < high.value - current)) {
      yield low.value ?? current
      low = below.next()
    } else {
      yield high.value
      high = above.next()
    }
  }
}

// From a breakpoint on, in one direction, never back.
function* side(breakpoints: Float64Array, from: number, step: 1 | -1, isWhole: boolean): Generator<number, undefined> {
  for (let at = from; at >= 0 && at < breakpoints.length; at += step) {
    const value = breakpoints[at] as number
    if (!isWhole) {
      yield value
      const beyond = step > 0 ? nextUp(value) : nextDown(value)
      if (Number.isFinite(beyond)) yield beyond
    } else {
      yield step > 0 ? Math.ceil(value) : Math.floor(value)
      if (Number.isInteger(value)) yield value + step
    }
  }
}

function take(values: Generator<number>, size: number, isWanted: (value: number) => boolean): Float64Array {
  const taken = new Float64Array(size)
  let count = 0
  while (count < size) {
    const { value, done } = values.next()
    if (done === true || !isWanted(value)) break
    taken[count++] = value
  }
  return taken.subarray(0, count)
}
