import type { Matrix } from '../matrix.ts'
import { centerSearchOf } from './nearest-centers.ts'
import { squaredDistance } from './squared-distance.ts'

/**
 * Rows and the center each belongs to, while centers move. For each row it knows at most how far its own center is and
 * at least how far any other: where these do not overlap, nothing has to be measured. Source: G. Hamerly (2010), Making
 * k-means even faster, algorithms 1 and 2.
 */
export class Grouping {
  /** Row-major, shape (k, columns). */
  readonly centers: Float64Array
  readonly #x: Matrix
  readonly #labels: Int32Array
  readonly #counts: Float64Array
  readonly #sums: Float64Array
  readonly #upper: Float64Array
  readonly #lower: Float64Array

  /** @param centers - kept, and moved */
  constructor(x: Matrix, centers: Float64Array) {
    this.centers = centers
    this.#x = x
    this.#labels = new Int32Array(x.rows)
    this.#counts = new Float64Array(centers.length / x.columns)
    this.#sums = new Float64Array(centers.length)
    this.#upper = new Float64Array(x.rows)
    this.#lower = new Float64Array(x.rows)
    const search = centerSearchOf(centers, x.columns)
    for (let row = 0; row < x.rows; row++) {
      const { nearest, square, secondSquare } = search(x.data, row * x.columns)
      this.#labels[row] = nearest
      this.#upper[row] = Math.sqrt(square)
      this.#lower[row] = Math.sqrt(secondSquare)
      this.#add(row, nearest, 1)
    }
  }

  /** Gives each row to its nearest center; answers whether any row changed. */
  assign(): boolean {
    const { data, rows, columns } = this.#x
    const labels = this.#labels
    const upper = this.#upper
    const lower = this.#lower
    const { centers } = this
    const margins = this.#halfDistances()
    const search = centerSearchOf(centers, columns)
    let changed = false
    for (let row = 0; row < rows; row++) {
      const label = labels[row] ?? 0
      const safe = Math.max(margins[label] ?? 0, lower[row] ?? 0)
      if ((upper[row] ?? 0) <= safe) continue
      const { nearest, square, secondSquare } = search(data, row * columns)
      upper[row] = Math.sqrt(square)
      lower[row] = Math.sqrt(secondSquare)
      if (nearest === label) continue
      labels[row] = nearest
      this.#add(row, label, -1)
      this.#add(row, nearest, 1)
      changed = true
    }
    return changed
  }

  /** Puts each center in the middle of its rows; answers the sum of squared moves. */
  moveCenters(): number {
    const { columns } = this.#x
    for (let center = 0; center < this.#counts.length; center++) {
      if (this.#counts[center] === 0) this.#giveFarthestRow(center)
    }
    const moves = new Float64Array(this.#counts.length)
    let total = 0
    for (let center = 0, at = 0; center < moves.length; center++) {
      let square = 0
      for (const end = at + columns; at < end; at++) {
        const mean = (this.#sums[at] ?? 0) / (this.#counts[center] ?? 1)
        square += (mean - (this.centers[at] ?? 0)) ** 2
        this.centers[at] = mean
      }
      moves[center] = Math.sqrt(square)
      total += square
    }
    this.#widenBounds(moves)
    return total
  }

  #widenBounds(moves: Float64Array): void {
    const labels = this.#labels
    const upper = this.#upper
    const lower = this.#lower
    const farthest = moves.reduce((a, b) => Math.max(a, b))
    const mover = moves.indexOf(farthest)
    const next = moves.reduce((most, move, center) => (center === mover ? most : Math.max(most, move)), 0)
    for (let row = 0; row < labels.length; row++) {
      const label = labels[row] ?? 0
      upper[row] = (upper[row] ?? 0) + (moves[label] ?? 0)
      lower[row] = (lower[row] ?? 0) - (label === mover ? next : farthest)
    }
  }

  // Half of each center's distance to the nearest other center: rows nearer than that belong to it.
  #halfDistances(): Float64Array {
    const { columns } = this.#x
    const { centers } = this
    const halves = new Float64Array(this.#counts.length).fill(Infinity)
    for (let a = 0; a < halves.length; a++) {
      for (let b = 0; b < a; b++) {
        const half = Math.sqrt(squaredDistance(centers, a * columns, centers, b * columns, columns)) / 2
        halves[a] = Math.min(halves[a] ?? 0, half)
        halves[b] = Math.min(halves[b] ?? 0, half)
      }
    }
    return halves
  }

  // A cluster that lost all rows takes the row that lies farthest from its center, out of a cluster that has others.
  #giveFarthestRow(center: number): void {
    const { data, rows, columns } = this.#x
    let farthest = -1
    let most = -1
    for (let row = 0; row < rows; row++) {
      const label = this.#labels[row] ?? 0
      if ((this.#counts[label] ?? 0) < 2) continue
      const square = squaredDistance(data, row * columns, this.centers, label * columns, columns)
      if (square <= most) continue
      most = square
      farthest = row
    }
    if (farthest === -1) return
    this.#add(farthest, this.#labels[farthest] ?? 0, -1)
    this.#add(farthest, center, 1)
    this.#labels[farthest] = center
    this.#upper[farthest] = Infinity // nothing is known of it under its new center
    this.#lower[farthest] = 0
  }

  #add(row: number, label: number, times: 1 | -1): void {
    const { data, columns } = this.#x
    const sums = this.#sums
    this.#counts[label] = (this.#counts[label] ?? 0) + times
    for (let at = row * columns, to = label * columns; to < (label + 1) * columns; at++, to++) {
      sums[to] = (sums[to] ?? 0) + times * (data[at] ?? 0)
    }
  }
}
