import type { Matrix } from '../matrix.ts'
import { type RowAssigner, rowAssignerOf } from './row-assigner.ts'
import { squaredDistance } from './squared-distance.ts'

/** Rows and the center each belongs to, while centers move. */
export class Grouping {
  /** Row-major, shape (k, columns). */
  readonly centers: Float64Array
  readonly #x: Matrix
  readonly #rows: RowAssigner

  /** @param centers - kept, and moved */
  constructor(x: Matrix, centers: Float64Array) {
    this.centers = centers
    this.#x = x
    this.#rows = rowAssignerOf(x, centers.length / x.columns)
    this.#rows.assign(centers)
  }

  /** Gives each row to its nearest center; answers whether any row changed. */
  assign(): boolean {
    return this.#rows.assign(this.centers) > 0
  }

  /** Puts each center in the middle of its rows; answers the sum of squared moves. */
  moveCenters(): number {
    const { columns } = this.#x
    const { counts, sums } = this.#rows
    for (let center = 0; center < counts.length; center++) if (counts[center] === 0) this.#giveFarthestRow(center)
    let moved = 0
    for (let at = 0; at < sums.length; at++) {
      const mean = (sums[at] ?? 0) / (counts[Math.floor(at / columns)] ?? 1)
      moved += (mean - (this.centers[at] ?? 0)) ** 2
      this.centers[at] = mean
    }
    return moved
  }

  // A cluster that lost all rows takes the row that lies farthest from its center, out of a cluster that has others.
  #giveFarthestRow(center: number): void {
    const { data, rows, columns } = this.#x
    const { labels, counts } = this.#rows
    let farthest = -1
    let most = -1
    for (let row = 0; row < rows; row++) {
      const label = labels[row] ?? 0
      if ((counts[label] ?? 0) < 2) continue
      const square = squaredDistance(data, row * columns, this.centers, label * columns, columns)
      if (square <= most) continue
      most = square
      farthest = row
    }
    if (farthest === -1) return
    this.#add(farthest, labels[farthest] ?? 0, -1)
    this.#add(farthest, center, 1)
    labels[farthest] = center
  }

  #add(row: number, label: number, times: 1 | -1): void {
    const { data, columns } = this.#x
    const { counts, sums } = this.#rows
    counts[label] = (counts[label] ?? 0) + times
    for (let at = row * columns, to = label * columns; to < (label + 1) * columns; at++, to++) {
      sums[to] = (sums[to] ?? 0) + times * (data[at] ?? 0)
    }
  }
}
