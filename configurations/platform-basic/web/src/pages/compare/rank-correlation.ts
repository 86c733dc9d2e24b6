/**
 * How alike two lists order the same things, by the correlation of ranks, equal values sharing the mean of theirs.
 * Source: C. Spearman (1904), The proof and measurement of association between two things.
 * @returns -1 (opposite) to 1 (the same order); undefined where one of them orders nothing
 */
export function rankCorrelation(a: ReadonlyArray<number>, b: ReadonlyArray<number>): number | undefined {
  const [x, y] = [ranksOf(a), ranksOf(b)]
  const middle = (a.length + 1) / 2 // the mean of the ranks 1 to n
  let [product, squareX, squareY] = [0, 0, 0]
  for (let at = 0; at < a.length; at++) {
    const [dx, dy] = [(x[at] ?? 0) - middle, (y[at] ?? 0) - middle]
    product += dx * dy
    squareX += dx * dx
    squareY += dy * dy
  }
  return squareX === 0 || squareY === 0 ? undefined : product / Math.sqrt(squareX * squareY)
}

function ranksOf(values: ReadonlyArray<number>): Float64Array {
  const order = values.map((_, at) => at).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0))
  const ranks = new Float64Array(values.length)
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++
    for (let at = start; at < end; at++) ranks[order[at] ?? 0] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}
