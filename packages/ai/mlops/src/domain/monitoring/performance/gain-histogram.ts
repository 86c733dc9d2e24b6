/** Sums of residuals by bin: what a split of a leaf would gain. */
import type { BinnedColumns } from './binned-columns.ts'

/** Column c has the places from `starts[c]` up to `starts[c + 1]`. */
export interface Histogram {
  readonly starts: Uint32Array
  readonly sums: Float64Array
  readonly counts: Float64Array
}

/** Bins of `column` up to `bin` go left. */
export interface Cut {
  readonly column: number
  readonly bin: number
  /** Fall of the sum of squares, > 0. */
  readonly gain: number
}

/** @param rows - of the leaf */
export function histogramOf({ bins, starts }: BinnedColumns, residuals: Float64Array, rows: Uint32Array): Histogram {
  const columns = starts.length - 1
  const size = starts[columns] as number
  const sums = new Float64Array(size)
  const counts = new Float64Array(size)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const residual = residuals[row] as number
    const from = row * columns
    for (let column = 0; column < columns; column++) {
      const at = (starts[column] as number) + (bins[from + column] as number)
      sums[at] = (sums[at] as number) + residual
      counts[at] = (counts[at] as number) + 1
    }
  }
  return { starts, sums, counts }
}

/** The histogram of the rows of `whole` that are not in `part`. */
export function remainder(whole: Histogram, part: Histogram): Histogram {
  const sums = new Float64Array(whole.sums.length)
  const counts = new Float64Array(whole.counts.length)
  for (let at = 0; at < sums.length; at++) {
    sums[at] = (whole.sums[at] as number) - (part.sums[at] as number)
    counts[at] = (whole.counts[at] as number) - (part.counts[at] as number)
  }
  return { starts: whole.starts, sums, counts }
}

/** The cut that gains most and leaves each side `least` rows; undefined where none gains more than rounding would. */
export function bestCut({ starts, sums, counts }: Histogram, rows: number, least: number): Cut | undefined {
  let total = 0
  for (let at = 0; at < (starts[1] ?? 0); at++) total += sums[at] as number
  let best: Cut | undefined
  let most = 1e-12 * total * total
  for (let column = 0; column < starts.length - 1; column++) {
    const from = starts[column] as number
    const until = (starts[column + 1] as number) - 1
    let [leftSum, leftRows] = [0, 0]
    for (let at = from; at < until; at++) {
      if (counts[at] === 0) continue // the same rows as the cut before
      leftSum += sums[at] as number
      leftRows += counts[at] as number
      if (leftRows < least) continue
      if (rows - leftRows < least) break
      const rightSum = total - leftSum
      const gain = (leftSum * leftSum) / leftRows + (rightSum * rightSum) / (rows - leftRows) - (total * total) / rows
      if (gain > most) {
        most = gain
        best = { column, bin: at - from, gain }
      }
    }
  }
  return best
}
