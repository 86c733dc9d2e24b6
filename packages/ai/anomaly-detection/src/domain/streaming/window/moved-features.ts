import { changeInMean, momentsOf } from './change-in-mean.ts'
import type { SampleWindow } from './sample-window.ts'

/** How a feature was distributed in a part of a window. */
export interface FeatureSummary {
  readonly mean: number
  readonly sd: number
  /** Numbers it is taken from. */
  readonly count: number
}

/** A feature whose distribution has changed within a window. */
export interface MovedFeature {
  readonly column: number
  /** Whether its mean moved, or, where that stayed, how far its values lie from it. */
  readonly moved: 'mean' | 'spread'
  readonly from: FeatureSummary
  readonly to: FeatureSummary
  /** Index in the window of the first sample after the change. */
  readonly at: number
  /** Of a change as large where nothing changed and samples are independent; already multiplied by the tests made. */
  readonly pValue: number
}

const MARGIN = 5 // with fewer numbers a single spike would be a change
const SIGNIFICANT = 0.01

/**
 * The features that have changed once within a window, the surest first. Two tests each, Bonferroni's correction. Values
 * that follow each other in a trend or a cycle make p-values too small: it ranks features once a drift is known.
 * @param columns - how many of the window's, from the first, are features
 * @param atLeastOne - answer the surest also where none is significant
 */
export function movedFeatures(window: SampleWindow, columns: number, atLeastOne: boolean): ReadonlyArray<MovedFeature> {
  const found: MovedFeature[] = []
  const values = new Float64Array(window.size)
  for (let column = 0; column < columns; column++) {
    for (let i = 0; i < values.length; i++) values[i] = window.value(i, column)
    const change = changeOf(values, column, 2 * columns)
    if (change !== undefined) found.push(change)
  }
  found.sort((a, b) => a.pValue - b.pValue || a.column - b.column)
  const significant = found.filter(({ pValue }) => pValue < SIGNIFICANT)
  return significant.length === 0 && atLeastOne ? found.slice(0, 1) : significant
}

function changeOf(values: Float64Array, column: number, tests: number): MovedFeature | undefined {
  const inMean = changeInMean(values, MARGIN)
  const isSure = inMean !== undefined && inMean.pValue * tests < SIGNIFICANT
  const inSpread = isSure ? undefined : changeInMean(distancesOf(values), MARGIN)
  const isSpread = inSpread !== undefined && (inMean === undefined || inSpread.pValue < inMean.pValue)
  const change = isSpread ? inSpread : inMean
  if (change === undefined) return undefined
  const { at, pValue } = change
  return {
    column,
    moved: isSpread ? 'spread' : 'mean',
    from: summaryOf(values, 0, at),
    to: summaryOf(values, at, values.length),
    at,
    pValue: Math.min(1, pValue * tests),
  }
}

function distancesOf(values: Float64Array): Float64Array {
  const { mean } = momentsOf(values, 0, values.length)
  return values.map((value) => Math.abs(value - mean))
}

function summaryOf(values: Float64Array, from: number, to: number): FeatureSummary {
  const { count, mean, squares } = momentsOf(values, from, to)
  return { mean, sd: Math.sqrt(squares / Math.max(1, count - 1)), count }
}
