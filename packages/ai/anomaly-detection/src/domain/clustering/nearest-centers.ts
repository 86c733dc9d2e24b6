import type { Matrix } from '../matrix.ts'
import { LANES, pointBlocksOf } from '../neighbours/point-blocks.ts'
import { scanBlocks } from '../neighbours/scan-blocks.ts'

/** The two centers nearest to a row. A search writes its answer here: read it before the next. */
export interface NearestTwo {
  /** The nearest center, the first among equals. */
  nearest: number
  /** Squared distance to it; Infinity where that overflows. */
  square: number
  /** Squared distance to the nearest of the others; Infinity where there is none. */
  secondSquare: number
}

/** Finds the centers nearest to the row that starts at `data[at]`. */
export type CenterSearch = (data: Float64Array, at: number) => Readonly<NearestTwo>

/** @param centers - row-major, shape (k, columns), k >= 1 */
export function centerSearchOf(centers: Float64Array, columns: number): CenterSearch {
  const { values, blocks } = pointBlocksOf({ data: centers, rows: centers.length / columns, columns })
  const squares = new Float64Array(LANES)
  const found: NearestTwo = { nearest: 0, square: Infinity, secondSquare: Infinity }
  return (data, at) => {
    let nearest = 0
    let least = Infinity
    let second = Infinity
    for (let block = 0; block < blocks; block++) {
      block = scanBlocks.euclidean(values, columns, block, blocks, data, at, second, squares)
      if (block === blocks) break
      for (let lane = 0; lane < LANES; lane++) {
        const square = squares[lane] ?? Infinity
        if (square >= second) continue
        if (square < least) {
          second = least
          least = square
          nearest = block * LANES + lane
        } else second = square
      }
    }
    found.nearest = nearest
    found.square = least
    found.secondSquare = second
    return found
  }
}

/** For each row its nearest center and the squared distance to it; shapes (rows). */
export function nearestCenters(
  x: Matrix,
  centers: Float64Array,
): { readonly labels: Int32Array; readonly squares: Float64Array } {
  const search = centerSearchOf(centers, x.columns)
  const labels = new Int32Array(x.rows)
  const squares = new Float64Array(x.rows)
  for (let row = 0, at = 0; row < x.rows; row++, at += x.columns) {
    const { nearest, square } = search(x.data, at)
    labels[row] = nearest
    squares[row] = square
  }
  return { labels, squares }
}
