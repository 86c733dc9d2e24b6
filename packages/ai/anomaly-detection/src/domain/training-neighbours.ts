import type { Matrix } from './matrix.ts'
import type { Metric } from './neighbours/metric.ts'
import { type Neighbours, nearestNeighbours } from './neighbours/nearest-neighbours.ts'

/** What a fit looks up among its own rows. */
export interface NeighbourSearch {
  /** How many neighbours of each row, 0 to n - 1. */
  readonly k: number
  readonly metric: Metric
}

/** The neighbours of all rows of a data set among the others, found before a fit; shape (n, k). */
export interface TrainingNeighbours extends NeighbourSearch, Neighbours {}

/** Those that were found before, where they are the ones that are looked for; a search of all rows otherwise. */
export function trainingNeighbours(
  train: Matrix,
  { k, metric }: NeighbourSearch,
  { found, signal }: { readonly found?: TrainingNeighbours | undefined; readonly signal?: AbortSignal | undefined },
): Neighbours {
  if (found?.k === k && found.metric === metric && found.indices.length === train.rows * k) return found
  return nearestNeighbours(train, train, k, { metric, excludeSelf: true, signal })
}

/**
 * The neighbours of some of the rows among all the others: the same as a search of all rows finds for these. One more
 * is searched for, and the row itself struck out; where it is missing, as k + 1 earlier rows are its doubles, the last.
 * @param from - the first of the rows
 * @param to - the row after the last of them
 */
export function neighboursOfRows(
  train: Matrix,
  { k, metric }: NeighbourSearch,
  [from, to]: readonly [from: number, to: number],
  signal?: AbortSignal,
): Neighbours {
  const { columns } = train
  const rows = to - from
  const query: Matrix = { data: train.data.subarray(from * columns, to * columns), rows, columns }
  const wider = nearestNeighbours(train, query, k + 1, { metric, excludeSelf: false, signal })
  const indices = new Int32Array(rows * k)
  const distances = new Float64Array(rows * k)
  for (let row = 0, at = 0; row < rows; row++) {
    const base = row * (k + 1)
    for (let place = 0, left = k; left > 0; place++) {
      const index = wider.indices[base + place] as number
      if (index === from + row) continue
      indices[at] = index
      distances[at] = wider.distances[base + place] as number
      at++
      left--
    }
  }
  return { indices, distances }
}
