/** Whether two engines' answers are equal, doubles to a relative 1e-9. */
export function agree(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a === 'number' && typeof b === 'number') {
    return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) || (a === 0 && b === 0)
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => agree(item, b[i]))
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const [left, right] = [Object.entries(a), Object.entries(b)]
    return (
      left.length === right.length &&
      left.every(([name, item], i) => name === right[i]?.[0] && agree(item, right[i]?.[1]))
    )
  }
  return false
}
