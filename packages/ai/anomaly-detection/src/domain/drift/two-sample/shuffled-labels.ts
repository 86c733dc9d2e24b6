/**
 * Which rows of two pooled samples would be of the first, if chance had it: a partial Fisher-Yates shuffle.
 * @param order - the numbers 0..n-1 in any order; shuffled so that its first `size` are such rows
 * @param random - uniform on [0, 1)
 */
export function drawFirst(order: Int32Array, size: number, random: () => number): void {
  for (let at = 0; at < size; at++) {
    const from = at + Math.floor(random() * (order.length - at))
    const moved = order[from] as number
    order[from] = order[at] as number
    order[at] = moved
  }
}
