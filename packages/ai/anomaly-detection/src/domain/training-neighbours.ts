import type { Matrix } from './matrix.ts'
import type { Metric } from './neighbours/metric.ts'
import { type Neighbours, nearestNeighbours } from './neighbours/nearest-neighbours.ts'
import type { NeighbourIndex } from './neighbours/neighbour-index.ts'

/** What a fit looks up among its own rows. */
export interface NeighbourSearch {
  /** How many neighbours of each row, 0 to n - 1. */
  readonly k: number
  readonly metric: Metric
}

/** The neighbours of all rows of a data set among the others, found before a fit; shape (n, k). */
export interface TrainingNeighbours extends NeighbourSearch, Neighbours {}

/**
 * Those that were found before, where they are the ones that are looked for or begin with them; a search of all rows
 * otherwise.
 */
export function trainingNeighbours(
  train: Matrix,
  { k, metric }: NeighbourSearch,
  { found, signal }: { readonly found?: TrainingNeighbours | undefined; readonly signal?: AbortSignal | undefined },
): Neighbours {
  if (found?.metric === metric && found.k >= k && found.indices.length === train.rows * found.k) {
    return found.k === k ? found : nearestOf(found, k, train.rows)
  }
  return nearestNeighbours(train, train, k, { metric, excludeSelf: true, signal })
}

function nearestOf({ k: more, indices, distances }: TrainingNeighbours, k: number, rows: number): Neighbours {
  const nearest = { indices: new Int32Array(rows * k), distances: new Float64Array(rows * k) }
  for (let row = 0; row < rows; row++) {
    nearest.indices.set(indices.subarray(row * more, row * more + k), row * k)
    nearest.distances.set(distances.subarray(row * more, row * more + k), row * k)
  }
  return nearest
}

/**
 * The neighbours of some of the rows among all the others: the same as a search of all rows finds for these.
 * @param rows - in any order, which is that of the answer
 * @param index - of all rows, where it was made before
 */
export function neighboursOfRows(
  train: Matrix,
  { k, metric }: NeighbourSearch,
  rows: Int32Array,
  { index, signal }: { readonly index?: NeighbourIndex | undefined; readonly signal?: AbortSignal | undefined } = {},
): Neighbours {
  const { columns } = train
  const query: Matrix = { data: new Float64Array(rows.length * columns), rows: rows.length, columns }
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] ?? 0) * columns
    for (let column = 0; column < columns; column++) query.data[at * columns + column] = train.data[from + column] ?? 0
  }
  return nearestNeighbours(train, query, k, { metric, excludeSelf: false, selves: rows, index, signal })
}
