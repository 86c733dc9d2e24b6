import type { Matrix } from '../matrix.ts'

/** Scores rows one by one, whatever rows they come with; shape (x.rows), finite, higher is more anomalous. */
export type ScoreRows = (x: Matrix) => Promise<Float64Array>

/** Scores a single row, shape (d). */
export async function scoreOfRow(row: Float64Array, score: ScoreRows): Promise<number> {
  const [one] = await score({ data: row, rows: 1, columns: row.length })
  return one as number
}
