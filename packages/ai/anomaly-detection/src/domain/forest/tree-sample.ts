import type { Matrix } from '../matrix.ts'

/** Rows a tree is grown on: `maxSamples` of them, or that share of them where it is below 1; 1 to `rows`. */
export function sampleSizeOf(maxSamples: number, rows: number): number {
  return Math.min(rows, Math.max(1, maxSamples < 1 ? Math.floor(maxSamples * rows) : maxSamples))
}

/** Copies the chosen rows to `out`, shape (chosen, columns). */
export function copyRows({ data, columns }: Matrix, chosen: Int32Array, out: Float64Array): void {
  for (let i = 0; i < chosen.length; i++) {
    const from = (chosen[i] as number) * columns
    for (let column = 0; column < columns; column++) out[i * columns + column] = data[from + column] as number
  }
}
