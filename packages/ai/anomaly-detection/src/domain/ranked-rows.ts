/**
 * The rows with a score above the threshold, the highest first, the lower row first among equals.
 * @param scores - shape (n), no NaN
 * @param limit - how many at most; default all. Few of many cost one pass, not a sort
 * @returns shape (min(limit, number of such rows))
 */
export function rankedRows(scores: Float64Array, threshold: number, limit: number = Infinity): Uint32Array {
  const count = countAbove(scores, threshold)
  const order = (a: number, b: number): number => (scores[b] as number) - (scores[a] as number) || a - b
  if (limit >= count) {
    const rows = new Uint32Array(count)
    for (let row = 0, at = 0; row < scores.length; row++) if ((scores[row] as number) > threshold) rows[at++] = row
    return rows.sort(order)
  }
  return firstRows(scores, threshold, limit, order).sort(order)
}

/** How many scores lie above the threshold. */
export function countAbove(scores: Float64Array, threshold: number): number {
  let count = 0
  for (let row = 0; row < scores.length; row++) if ((scores[row] as number) > threshold) count++
  return count
}

// A heap of the best so far, the least of them at its root. Rows come in order, so an equal score never displaces one.
function firstRows(
  scores: Float64Array,
  threshold: number,
  limit: number,
  order: (a: number, b: number) => number,
): Uint32Array {
  const heap = new Uint32Array(limit)
  let size = 0
  let least = threshold
  for (let row = 0; row < scores.length && limit > 0; row++) {
    if (!((scores[row] as number) > least)) continue
    if (size < limit) {
      heap[size++] = row
      if (size === limit) for (let at = (limit >> 1) - 1; at >= 0; at--) sift(heap, at, order)
    } else {
      heap[0] = row
      sift(heap, 0, order)
    }
    if (size === limit) least = scores[heap[0] as number] as number
  }
  return heap
}

function sift(heap: Uint32Array, from: number, order: (a: number, b: number) => number): void {
  const row = heap[from] as number
  let at = from
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && order(heap[child + 1] as number, heap[child] as number) > 0) child++
    if (order(heap[child] as number, row) <= 0) break
    heap[at] = heap[child] as number
    at = child
  }
  heap[at] = row
}
