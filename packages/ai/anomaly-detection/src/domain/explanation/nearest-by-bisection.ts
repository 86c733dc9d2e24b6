/**
 * The bounded search where nothing is known of the score: over the range of the background, at its own values and evenly
 * between, then ever closer to the row's value. It may step over a narrow stretch of normal values.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { type ChangeableNumber, distanceOf } from './changeable-feature.ts'
import type { CounterfactualSearch, NormalValue } from './counterfactual-search.ts'
import { scoresOfMoves } from './score-moves.ts'

const EVEN = 129
const OWN = 128
const PARTS = 32 // a round cuts what is left into so many
const ROUNDS = 11 // 32^11 is beyond the digits of a double

/** A value near to the row's that makes it normal; undefined where none nearer than `within` (exclusive) was found. */
export async function nearestByBisection(
  search: CounterfactualSearch,
  feature: ChangeableNumber,
  within: number,
): Promise<NormalValue | undefined> {
  const { current } = feature
  const tried = triedValues(feature).filter((value) => distanceOf(feature, value) < within)
  const hit = await firstNormal(search, feature, Float64Array.from(tried))
  if (hit === undefined) return undefined
  let near = hit
  const nearer = tried.slice(0, tried.indexOf(hit)) // none of them is normal
  let far = nearer.findLast((value) => value < current === hit < current) ?? current
  for (let round = 0; round < ROUNDS && near !== far; round++) {
    throwIfCancelled(search.signal)
    const between = partsOf(far, near, feature.isWhole)
    const next = await firstNormal(search, feature, between)
    const at = next === undefined ? between.length : between.indexOf(next)
    if (between.length === 0) break
    far = between[at - 1] ?? far
    near = next ?? near
  }
  return { value: near, distance: distanceOf(feature, near) }
}

// The nearest first.
function triedValues({ current, sorted: sortedValues, isWhole }: ChangeableNumber): number[] {
  const sorted = sortedValues()
  const low = sorted[0] as number
  const high = sorted[sorted.length - 1] as number
  const even = Array.from({ length: EVEN }, (_, i) => low + (high - low) * (i / (EVEN - 1)))
  const own = Array.from({ length: OWN }, (_, i) => sorted[Math.round((i / (OWN - 1)) * (sorted.length - 1))] as number)
  const values = [...even, ...own].filter(Number.isFinite).map((value) => (isWhole ? Math.round(value) : value))
  return [...new Set(values)]
    .filter((value) => value !== current)
    .sort((a, b) => Math.abs(a - current) - Math.abs(b - current))
}

// Strictly between the two, from the far one on.
function partsOf(from: number, to: number, isWhole: boolean): Float64Array {
  const step = (to - from) / PARTS
  const values = Array.from({ length: PARTS - 1 }, (_, i) => from + step * (i + 1))
  const usable = isWhole ? values.map((value) => (step > 0 ? Math.ceil(value) : Math.floor(value))) : values
  return Float64Array.from(new Set(usable.filter((value) => value !== from && value !== to)))
}

async function firstNormal(
  search: CounterfactualSearch,
  feature: ChangeableNumber,
  values: Float64Array,
): Promise<number | undefined> {
  if (values.length === 0) return undefined
  const scores = await scoresOfMoves(search, feature, values)
  return values.find((_, i) => (scores[i] as number) <= search.threshold)
}
