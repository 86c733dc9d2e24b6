/** The rows with a score above the threshold, the highest first, the lower row first among equals. Shape (anomalies). */
export function rankedAnomalies(scores: Float64Array, threshold: number): Uint32Array {
  let count = 0
  for (const score of scores) if (score > threshold) count++
  const rows = new Uint32Array(count)
  for (let row = 0, at = 0; row < scores.length; row++) if ((scores[row] as number) > threshold) rows[at++] = row
  return rows.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
}
