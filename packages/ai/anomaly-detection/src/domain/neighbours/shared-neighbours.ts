/**
 * The rows that share most of a query's neighbours: a likeness that holds in many dimensions, where distances grow
 * alike.
 * Source: R. Jarvis, E. Patrick (1973), Clustering Using a Similarity Measure Based on Shared Near Neighbors. Counted
 * from the lists of who names whom as a neighbour, k^2 steps a query on average, never all pairs.
 */
import type { Matrix } from '../matrix.ts'

/** The rows that share most neighbours with a query; good until the next search. */
export interface MostShared {
  /** Those that share more than `tied` do, and fewer than `places`. */
  readonly sure: Int32Array
  /** Those that share equally many, of which `room` are wanted; as many or more. In the order of a lot: see `lotsOf`. */
  readonly tied: Int32Array
  readonly room: number
}

/**
 * Finds the `places` rows that share most neighbours with a query. Many share equally many, so that some are sure and the
 * others are to be drawn. Rows that share none come last, and only those among the query's own neighbours.
 */
export interface SharedNeighbours {
  /**
   * @param own - the query's neighbours, k distinct rows
   * @param self - a row that must not be found, or -1
   */
  readonly search: (own: Int32Array, self: number) => MostShared
}

/**
 * @param indices - the k neighbours of each row of `train` among the others; shape (rows, k), k >= 1
 * @param places - 1 to k
 */
export function sharedNeighboursOf(train: Matrix, indices: Int32Array, places: number): SharedNeighbours {
  const { rows } = train
  const k = indices.length / rows
  const { starts, namers } = invert(indices, rows)
  const lots = lotsOf(train)
  const counts = new Int32Array(rows)
  const found = new Int32Array(rows)
  const histogram = new Int32Array(k + 1)
  const chosen = new Int32Array(places)

  function gather(own: Int32Array, self: number): number {
    let seen = 0
    for (let i = 0; i < k; i++) {
      const neighbour = own[i] as number
      const end = starts[neighbour + 1] as number
      for (let at = starts[neighbour] as number; at < end; at++) {
        const namer = namers[at] as number
        if (namer === self) continue
        if (counts[namer] === 0) found[seen++] = namer
        counts[namer] = (counts[namer] as number) + 1
      }
    }
    for (let i = 0; i < k; i++) if (counts[own[i] as number] === 0) found[seen++] = own[i] as number
    return seen
  }

  function search(own: Int32Array, self: number): MostShared {
    const seen = gather(own, self)
    histogram.fill(0)
    for (let at = 0; at < seen; at++) {
      const count = counts[found[at] as number] as number
      histogram[count] = (histogram[count] as number) + 1
    }
    let cut = k
    let room = places
    while (room > (histogram[cut] as number)) room -= histogram[cut--] as number
    let taken = 0
    let tied = 0
    for (let at = 0; at < seen; at++) {
      const row = found[at] as number
      const count = counts[row] as number
      counts[row] = 0
      if (count > cut) chosen[taken++] = row
      else if (count === cut) found[tied++] = row
    }
    const ties = found.subarray(0, tied)
    if (tied > room) ties.sort((a, b) => (lots[a] as number) - (lots[b] as number) || a - b)
    return { sure: chosen.subarray(0, taken), tied: ties, room }
  }
  return { search }
}

/** A number for each row that hangs on its values alone, as drawn by lot: shape (rows). Not even the sign of 0 matters. */
export function lotsOf({ data, rows, columns }: Matrix): Uint32Array {
  const value = new Float64Array(1)
  const words = new Uint32Array(value.buffer)
  const lots = new Uint32Array(rows)
  for (let row = 0, at = 0; row < rows; row++) {
    let hash = 0
    for (let column = 0; column < columns; column++, at++) {
      value[0] = (data[at] as number) + 0 // -0 becomes 0
      hash = mixed(mixed(hash ^ (words[0] as number)) ^ (words[1] as number))
    }
    lots[row] = hash
  }
  return lots
}

// The finaliser of MurmurHash3 (A. Appleby): every bit of the input turns every bit of the output half of the time.
function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** For each row the rows that name it as a neighbour: `namers` from `starts[row]` to `starts[row + 1]`, ascending. */
function invert(indices: Int32Array, rows: number): { readonly starts: Int32Array; readonly namers: Int32Array } {
  const k = indices.length / rows
  const starts = new Int32Array(rows + 1)
  for (const named of indices) starts[named + 1] = (starts[named + 1] as number) + 1
  for (let row = 0; row < rows; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  const next = starts.slice()
  const namers = new Int32Array(indices.length)
  for (let at = 0; at < indices.length; at++) {
    const named = indices[at] as number
    const to = next[named] as number
    namers[to] = Math.floor(at / k)
    next[named] = to + 1
  }
  return { starts, namers }
}
