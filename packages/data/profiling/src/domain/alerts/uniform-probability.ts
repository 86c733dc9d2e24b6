import type { ColumnProfile } from '../column-profile.ts'
import { chiSquareTail } from '../significance/chi-square-tail.ts'

const FEWEST_PER_BIN = 5

/**
 * p-value of the chi-square test that the bins of a histogram (by how much of them the range covers), or all values of a
 * category, are as frequent. Undefined where bins would hold fewer than five, and for lists that are not complete.
 */
export function uniformProbability(column: ColumnProfile): number | undefined {
  const { numbers, top, distinct, count, type } = column
  if (type === 'category' && top.length === distinct.value && top.length > 1) {
    return chiSquareOf(
      top.map(({ count: times }) => times),
      top.map(() => count / top.length),
    )
  }
  if (type !== 'number' || numbers?.min == null || numbers.max === null || numbers.min === numbers.max) return undefined
  const { edges, counts } = numbers.histogram
  const total = counts.reduce((a, b) => a + b, 0)
  const [min, max] = [numbers.min, numbers.max]
  const expected = counts.map((_, i) => {
    const covered = Math.min(edges[i + 1] ?? max, max) - Math.max(edges[i] ?? min, min)
    return (total * covered) / (max - min)
  })
  // Bins at the ends may be covered hardly at all: they go to their neighbours.
  return chiSquareOf(...joined(counts, expected))
}

function chiSquareOf(counts: ReadonlyArray<number>, expected: ReadonlyArray<number>): number | undefined {
  if (counts.length < 2 || expected.some((value) => value < FEWEST_PER_BIN)) return undefined
  const sum = counts.reduce((all, value, i) => all + (value - (expected[i] ?? 0)) ** 2 / (expected[i] ?? 1), 0)
  return chiSquareTail(sum, counts.length - 1)
}

function joined(
  counts: ReadonlyArray<number>,
  expected: ReadonlyArray<number>,
): readonly [ReadonlyArray<number>, ReadonlyArray<number>] {
  const [c, e] = [[...counts], [...expected]]
  if (c.length > 2 && (e[0] ?? 0) < FEWEST_PER_BIN) {
    c.splice(0, 2, (c[0] ?? 0) + (c[1] ?? 0))
    e.splice(0, 2, (e[0] ?? 0) + (e[1] ?? 0))
  }
  if (c.length > 2 && (e.at(-1) ?? 0) < FEWEST_PER_BIN) {
    c.splice(-2, 2, (c.at(-2) ?? 0) + (c.at(-1) ?? 0))
    e.splice(-2, 2, (e.at(-2) ?? 0) + (e.at(-1) ?? 0))
  }
  return [c, e]
}
