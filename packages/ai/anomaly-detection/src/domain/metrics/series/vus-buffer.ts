/**
 * The period of a series as the TSB-AD benchmark takes it: the lag of the highest local maximum of the autocorrelation.
 * Source: Q. Liu, J. Paparrizos (2024), The elephant in the room, NeurIPS, `find_length_rank`.
 */
const FIRST_LAG = 3
const LAST_LAG = 400
const MOST_ROWS = 20_000
const SHORTEST = 3 // both counted from the first lag
const LONGEST = 300
const WITHOUT_PERIOD = 125

/**
 * @param values - shape (n), finite, one value a row, oldest first; of more than 20,000 rows the first are taken
 * @param rank - 1: the highest maximum; 2: the highest one behind it, which some windowed detectors of the benchmark use
 * @returns rows, in 6..303; 125 where the series has no such maximum, as where it is constant or short
 */
export function vusBufferOf(values: Float64Array, rank: 1 | 2 = 1): number {
  const correlations = autocorrelation(values.subarray(0, MOST_ROWS), LAST_LAG).subarray(FIRST_LAG)
  const peaks: number[] = []
  for (let at = 1; at + 1 < correlations.length; at++) {
    const here = correlations[at] as number
    if (here > (correlations[at - 1] as number) && here > (correlations[at + 1] as number)) peaks.push(at)
  }
  const byHeight = peaks.toSorted((a, b) => (correlations[b] as number) - (correlations[a] as number))
  const [highest] = byHeight
  if (highest === undefined) return WITHOUT_PERIOD
  const peak = rank === 1 ? highest : (byHeight.find((at) => at > highest) ?? highest)
  return peak < SHORTEST || peak > LONGEST ? WITHOUT_PERIOD : peak + FIRST_LAG
}

// Lags 0 to `lags`, or as many as there are; NaN where all values are equal.
function autocorrelation(values: Float64Array, lags: number): Float64Array {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const centred = values.map((value) => value - mean)
  const sums = new Float64Array(Math.min(lags + 1, n))
  for (let lag = 0; lag < sums.length; lag++) {
    let sum = 0
    for (let at = lag; at < n; at++) sum += (centred[at] as number) * (centred[at - lag] as number)
    sums[lag] = sum
  }
  const power = sums[0] as number
  return sums.map((sum) => sum / power)
}
