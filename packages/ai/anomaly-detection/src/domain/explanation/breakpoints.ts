import type { IforestState } from '../detectors/iforest.ts'
import type { SteppedDetector } from './additive-detector.ts'
import { nextDown, nextUp } from './adjacent-doubles.ts'

/** A fitted detector whose score is constant between certain values of each feature, all others held. */
export type PiecewiseConstant = SteppedDetector | { readonly id: 'iforest'; readonly state: IforestState }

const ROUNDING = 4 // doubles on either side of a value that is itself computed with rounding

/**
 * Values of a feature at which the score may change: between two neighbours it does not. Ascending, each once.
 * `iforest`: thresholds; `ecod`, `copod`: training values; `hbos`: edges of bins, and where `tol` ends.
 */
export function breakpointsOf(detector: PiecewiseConstant, column: number): Float64Array {
  switch (detector.id) {
    case 'iforest': {
      const { features, thresholds } = detector.state
      return distinct(thresholds.filter((_, node) => features[node] === column).sort())
    }
    case 'ecod':
    case 'copod': {
      const { rows, sorted } = detector.state
      return distinct(sorted.subarray(column * rows, (column + 1) * rows))
    }
    case 'hbos': {
      const { nBins, tol, edges } = detector.state
      const own = edges.subarray(column * (nBins + 1), (column + 1) * (nBins + 1))
      const [first = 0, second = 0] = own
      const last = own[nBins] as number
      const from = around(first - tol * (second - first))
      const to = around(last + tol * (last - (own[nBins - 1] as number)))
      return distinct(Float64Array.of(...from, ...own, ...to).sort())
    }
  }
}

function around(value: number): ReadonlyArray<number> {
  const values = [value]
  for (let i = 0, [below, above] = [value, value]; i < ROUNDING; i++) {
    below = nextDown(below)
    above = nextUp(above)
    values.push(below, above)
  }
  return values.filter(Number.isFinite)
}

function distinct(ascending: Float64Array): Float64Array {
  return ascending.filter((value, i) => i === 0 || value !== ascending[i - 1])
}
