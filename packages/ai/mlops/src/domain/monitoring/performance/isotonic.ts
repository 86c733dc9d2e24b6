/**
 * Isotonic regression: the rising step function nearest to the labels, joined by straight lines.
 * Source: R. Barlow et al. (1972), the pool-adjacent-violators algorithm; interpolation and clipping as scikit-learn's
 * `IsotonicRegression(out_of_bounds='clip')`.
 */

/** Knots, ascending in both, at least one. */
export interface Isotonic {
  readonly scores: Float64Array
  readonly probabilities: Float64Array
}

/** @param scores - shape (n), n >= 1 @param labels - shape (n), 0 or 1 */
export function fitIsotonic(scores: Float64Array, labels: Float64Array): Isotonic {
  const order = Array.from(scores.keys()).sort((i, j) => (scores[i] as number) - (scores[j] as number))
  // Blocks of pooled scores: how many different scores, how many rows, the sum of their labels.
  const blocks: { knots: number; rows: number; sum: number }[] = []
  const knots: number[] = []
  for (let at = 0; at < order.length;) {
    const score = scores[order[at] as number] as number
    let [rows, sum] = [0, 0]
    for (; at < order.length && scores[order[at] as number] === score; at++, rows++)
      sum += labels[order[at] as number] as number
    knots.push(score)
    push(blocks, { knots: 1, rows, sum })
  }
  const probabilities = blocks.flatMap(({ knots: width, rows, sum }) => Array.from({ length: width }, () => sum / rows))
  return { scores: Float64Array.from(knots), probabilities: Float64Array.from(probabilities) }
}

/** The probability of each score, in [0, 1]; scores beyond the knots get the outermost one. */
export function calibrate({ scores: knots, probabilities }: Isotonic, scores: Float64Array): Float64Array {
  return scores.map((score) => {
    const above = firstAbove(knots, score)
    if (above === 0) return probabilities[0] as number
    const low = probabilities[above - 1] as number
    if (above === knots.length) return low
    const from = knots[above - 1] as number
    return low + ((score - from) / ((knots[above] as number) - from)) * ((probabilities[above] as number) - low)
  })
}

function push(
  blocks: { knots: number; rows: number; sum: number }[],
  next: { knots: number; rows: number; sum: number },
) {
  let last = blocks.at(-1)
  let pooled = next
  while (last !== undefined && last.sum / last.rows >= pooled.sum / pooled.rows) {
    pooled = { knots: last.knots + pooled.knots, rows: last.rows + pooled.rows, sum: last.sum + pooled.sum }
    blocks.pop()
    last = blocks.at(-1)
  }
  blocks.push(pooled)
}

function firstAbove(knots: Float64Array, score: number): number {
  let low = 0
  let high = knots.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((knots[middle] as number) > score) high = middle
    else low = middle + 1
  }
  return low
}
