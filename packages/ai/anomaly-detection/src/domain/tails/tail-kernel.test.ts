import { expect, it, vi } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { fitTails, scoreTails } from './tail-distribution.ts'
import type { TailRule } from './tail-rule.ts'

const kinds: ReadonlyArray<(random: number) => number> = [
  (random) => random - 0.5,
  (random) => Math.round(random * 20) - 10, // ties, -0 among them
  (random) => 1e8 + Math.round(random * 1000) * 2 ** -26, // alike in all upper bits: long runs that insertion is slow for
  (random) => 1 + Math.round(random * 2 ** 26) * 2 ** -40, // alike in most
  () => 7,
  (random) => (random < 1e-4 ? 1e9 : random), // most of the range is empty
  (random) => (random < 0.5 ? random * 2 ** -24 : random), // spread, but for a crowd in one corner
  (random) => (random < 0.3 ? -1e300 : random < 0.6 ? 5e-324 : 1e300),
]

function matrixOf(rows: number, seed: number) {
  const random = seededRandom(seed)
  const columns = kinds.length
  const data = Float64Array.from({ length: rows * columns }, (_, at) => kinds[at % columns]?.(random()) ?? 0)
  return { data, rows, columns }
}

it.each(['largest', 'skewed'] satisfies ReadonlyArray<TailRule>)(
  'adds up the same tails without WebAssembly, to the last bit (%s)',
  (rule) => {
    const runs = () =>
      [700, 40_000, ...(rule === 'largest' ? [310_000] : [])].map((rows) => {
        const { state, trainingScores } = fitTails(matrixOf(rows, 1), rule, undefined)
        const fresh = (rows > 100_000 ? [] : [20, 900, 45_000]).map((count) =>
          scoreTails(state, matrixOf(count, 2), rule, undefined),
        )
        return [state, trainingScores(), ...fresh]
      })
    const found = runs()
    try {
      vi.stubGlobal('WebAssembly', undefined)
      expect(runs()).toEqual(found)
    } finally {
      vi.unstubAllGlobals()
    }
  },
)

it.each(['largest', 'skewed'] satisfies ReadonlyArray<TailRule>)(
  'gives a row the same score alone and among others (%s)',
  (rule) => {
    const { state } = fitTails(matrixOf(700, 1), rule, undefined)
    const fresh = matrixOf(1500, 2)
    const { columns } = fresh
    const together = scoreTails(state, fresh, rule, undefined)
    for (const row of [0, 7, 1499]) {
      const data = fresh.data.slice(row * columns, (row + 1) * columns)
      expect(scoreTails(state, { data, rows: 1, columns }, rule, undefined)[0]).toBe(together[row])
    }
  },
)
