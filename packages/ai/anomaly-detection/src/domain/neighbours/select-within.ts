/**
 * Reorders `keys[first..last]` and `items` with it until the key at `target` stands where sorting would put it, with
 * none above it to its left and none below it to its right. Median of three, so sorted input costs no more; equal keys
 * are spread over both sides, so constant input costs no more either.
 * Source: C. A. R. Hoare (1961), Algorithm 65: find.
 */
export function selectWithin(keys: Float64Array, items: Int32Array, first: number, last: number, target: number): void {
  let left = first
  let right = last
  while (left < right) {
    const pivot = middleOf(keys[left] ?? 0, keys[(left + right) >> 1] ?? 0, keys[right] ?? 0)
    let up = left
    let down = right
    while (up <= down) {
      while ((keys[up] ?? 0) < pivot) up++
      while ((keys[down] ?? 0) > pivot) down--
      if (up > down) break
      swap(keys, items, up, down)
      up++
      down--
    }
    if (target <= down) right = down
    else if (target >= up) left = up
    else return
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

function swap(keys: Float64Array, items: Int32Array, a: number, b: number): void {
  const key = keys[a] ?? 0
  keys[a] = keys[b] ?? 0
  keys[b] = key
  const item = items[a] ?? 0
  items[a] = items[b] ?? 0
  items[b] = item
}
