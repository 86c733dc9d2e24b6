import { copod } from '../detectors/copod.ts'
import { dixon, type DixonState } from '../detectors/dixon.ts'
import { ecod } from '../detectors/ecod.ts'
import { hbos, type HbosState } from '../detectors/hbos.ts'
import type { PcaState } from '../detectors/pca.ts'
import type { Matrix } from '../matrix.ts'
import type { TailState } from '../tails/tail-distribution.ts'
import { type ColumnSpans, scoreBySpans } from '../univariate/column-spans.ts'
import { pcaContributions } from './pca-contributions.ts'

/** A fitted detector whose score is, by its own definition, a sum over the features, or the largest of them. */
export type AdditiveDetector =
  | { readonly id: 'ecod' | 'copod'; readonly state: TailState }
  | { readonly id: 'hbos'; readonly state: HbosState }
  | { readonly id: 'pca'; readonly state: PcaState }
  | { readonly id: 'mad' | 'iqr' | 'grubbs' | 'gesd'; readonly state: ColumnSpans }
  | { readonly id: 'dixon'; readonly state: DixonState }

/**
 * What each feature adds to each row's score, in the score's unit: they sum to it. `ecod`, `copod`: the feature's tail;
 * `hbos`: the score of its bin; `pca`: see `pcaContributions`; `mad`, `iqr`, `grubbs`, `gesd` and `dixon`, which score a
 * row by its worst feature: that one has it all, the first of equals.
 * @param x - shape (n, d)
 * @returns shape (n, d), row-major
 */
export function featureContributions(detector: AdditiveDetector, x: Matrix): Float64Array {
  switch (detector.id) {
    case 'ecod':
    case 'copod':
    case 'hbos':
      return featureScores(detector, x)
    case 'pca':
      return pcaContributions(detector.state, x)
    case 'mad':
    case 'iqr':
    case 'grubbs':
    case 'gesd':
    case 'dixon':
      return worstAlone(featureScores(detector, x), x.columns)
  }
}

/** A detector that scores each feature by itself, in a way that is constant between certain values of it. */
export type SteppedDetector = Extract<AdditiveDetector, { readonly id: 'ecod' | 'copod' | 'hbos' }>

/** What a single feature at each of `values` adds to the score; shape (values.length). */
export function scoresOfFeature(detector: SteppedDetector, column: number, values: Float64Array): Float64Array {
  return scoresInColumn(detector, column, { data: values, rows: values.length, columns: 1 })
}

type ByFeature = Exclude<AdditiveDetector, { readonly id: 'pca' }>

// Each feature is scored by a detector of that feature alone.
function featureScores(detector: ByFeature, x: Matrix): Float64Array {
  const scores = new Float64Array(x.rows * x.columns)
  const values = new Float64Array(x.rows)
  for (let column = 0; column < x.columns; column++) {
    for (let row = 0; row < x.rows; row++) values[row] = x.data[row * x.columns + column] as number
    const own = scoresInColumn(detector, column, { data: values, rows: x.rows, columns: 1 })
    for (let row = 0; row < x.rows; row++) scores[row * x.columns + column] = own[row] as number
  }
  return scores
}

function scoresInColumn(detector: ByFeature, column: number, x: Matrix): Float64Array {
  const partOf = (list: Float64Array, width: number): Float64Array =>
    list.subarray(column * width, (column + 1) * width)
  switch (detector.id) {
    case 'ecod':
    case 'copod': {
      const { rows, sorted, skew } = detector.state
      const state = { rows, columns: 1, sorted: partOf(sorted, rows), skew: skew.subarray(column, column + 1) }
      return (detector.id === 'ecod' ? ecod : copod).score(state, x)
    }
    case 'hbos': {
      const { nBins, tol, edges, binScores } = detector.state
      const parts = { edges: partOf(edges, nBins + 1), binScores: partOf(binScores, nBins) }
      return hbos.score({ columns: 1, nBins, tol, ...parts }, x)
    }
    case 'dixon': {
      const { rows, sorted } = detector.state
      return dixon.score({ rows, columns: 1, sorted: partOf(sorted, rows) }, x)
    }
    case 'mad':
    case 'iqr':
    case 'grubbs':
    case 'gesd': {
      const { factors, lows, highs, scales } = detector.state
      const parts = { factors: partOf(factors, 1), lows: partOf(lows, 1), highs: partOf(highs, 1) }
      return scoreBySpans({ columns: 1, ...parts, scales: partOf(scales, 1) }, x, undefined)
    }
  }
}

function worstAlone(scores: Float64Array, columns: number): Float64Array {
  const out = new Float64Array(scores.length)
  for (let start = 0; start < scores.length; start += columns) {
    let worst = start
    for (let at = start + 1; at < start + columns; at++)
      if ((scores[at] as number) > (scores[worst] as number)) worst = at
    out[worst] = scores[worst] as number
  }
  return out
}
