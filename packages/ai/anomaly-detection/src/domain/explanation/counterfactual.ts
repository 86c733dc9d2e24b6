/**
 * The smallest change of a single feature that makes a row normal.
 * Source: S. Wachter, B. Mittelstadt, C. Russell (2018), Counterfactual Explanations without Opening the Black Box; the
 * distance is theirs, in median absolute deviations, here scaled to standard deviations.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { type ChangeableFeature, categoryCodes, isNumber, withValue } from './changeable-feature.ts'
import type { CounterfactualSearch, NormalValue } from './counterfactual-search.ts'
import { nearestByBisection } from './nearest-by-bisection.ts'
import { nearestByBreakpoints } from './nearest-by-breakpoints.ts'
import { scoreOfRow } from './score-rows.ts'

/**
 * `found`: with `feature` at `to` the row's score would be at most the threshold. `normal`: it is so as it stands.
 * `none`: no change of one feature makes it so, within the values that the background has where the search is not exact.
 */
export type Counterfactual =
  | {
      readonly outcome: 'found'
      readonly feature: string
      readonly from: number | string
      readonly to: number | string
      /** In robust standard deviations of the feature (see `FeatureDeviation`), > 0; 1 for another category. */
      readonly distance: number
      /** The row's score with the change. */
      readonly score: number
      /** No smaller change does it, to the last digit; else none that the search came by. */
      readonly isExact: boolean
    }
  | { readonly outcome: 'normal' }
  | { readonly outcome: 'none'; readonly isExact: boolean }

/** Looks for the smallest change. @throws AnomalyDetectionError `cancelled` */
export async function counterfactualOf(search: CounterfactualSearch): Promise<Counterfactual> {
  const { row, threshold, features, score, breakpointsOf, signal } = search
  const isExact = breakpointsOf !== undefined
  if ((await scoreOfRow(row, score)) <= threshold) return { outcome: 'normal' }
  let best: { readonly feature: ChangeableFeature; readonly found: NormalValue } | undefined
  for (const feature of features) {
    throwIfCancelled(signal)
    const within = best?.found.distance ?? Infinity
    const found = isNumber(feature)
      ? await (isExact ? nearestByBreakpoints : nearestByBisection)(search, feature, within)
      : await normalCategory(search, feature, within)
    if (found !== undefined) best = { feature, found }
  }
  if (best === undefined) return { outcome: 'none', isExact }
  const { feature, found } = best
  return {
    outcome: 'found',
    feature: feature.name,
    from: nameOf(feature, feature.current),
    to: nameOf(feature, found.value),
    distance: found.distance,
    score: await scoreOfRow(withValue(row, feature, found.value), score),
    isExact,
  }
}

const CATEGORY_DISTANCE = 1

// Among other categories, all equally far, the one of the lowest score.
async function normalCategory(
  { row, threshold, score }: CounterfactualSearch,
  feature: ChangeableFeature,
  within: number,
): Promise<NormalValue | undefined> {
  const codes = categoryCodes(feature)
  if (within <= CATEGORY_DISTANCE || codes.length === 0) return undefined
  const data = new Float64Array(codes.length * row.length)
  for (const [i, code] of codes.entries()) data.set(withValue(row, feature, code), i * row.length)
  const scores = await score({ data, rows: codes.length, columns: row.length })
  const lowest = scores.indexOf(scores.reduce((low, one) => Math.min(low, one), Infinity))
  const value = codes[lowest]
  return value === undefined || (scores[lowest] as number) > threshold
    ? undefined
    : { value, distance: CATEGORY_DISTANCE }
}

function nameOf(feature: ChangeableFeature, value: number): number | string {
  return isNumber(feature) ? value : (feature.categories[value] ?? '')
}
