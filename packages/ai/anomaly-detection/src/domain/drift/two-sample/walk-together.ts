/**
 * Visits each distinct value of two samples once, in ascending order, with how often either has it.
 * @param a - ascending
 * @param b - ascending
 */
export function walkTogether(
  a: Float64Array,
  b: Float64Array,
  visit: (value: number, inA: number, inB: number) => void,
): void {
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const x = i < a.length ? (a[i] as number) : Infinity
    const y = j < b.length ? (b[j] as number) : Infinity
    const value = x < y ? x : y
    const [fromA, fromB] = [i, j]
    while (i < a.length && (a[i] as number) === value) i++
    while (j < b.length && (b[j] as number) === value) j++
    visit(value, i - fromA, j - fromB)
  }
}
