import { describe, expect, it } from 'vitest'

import type { Matrix } from '../matrix.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { permutationImportance } from './permutation-importance.ts'
import type { ScoreRows } from './score-rows.ts'

const score: ScoreRows = ({ data, rows, columns }) =>
  Promise.resolve(
    Float64Array.from({ length: rows }, (_, row) => 10 * (data[row * columns] ?? 0) + (data[row * columns + 1] ?? 0)),
  )

describe('permutationImportance', () => {
  it('moves scores as far as two values can be dealt anew by hand', async () => {
    // Scores 0 and 10: dealt anew the rows keep their values, or change places and both scores move by 10.
    const x = { data: Float64Array.of(0, 5, 1, 5), rows: 2, columns: 2 }
    const found = await permutationImportance(x, score, { repeats: 400, random: seededRandom(1) })
    expect(found.values[0]).toBeGreaterThan(4)
    expect(found.values[0]).toBeLessThan(6)
    expect(found.values[1]).toBe(0)
    expect([0, 10]).toContain(found.outputValue)
    expect(found.baseValue).toBe(0)
    expect(found.standardErrors[0]).toBeCloseTo(5 / Math.sqrt(400), 2)
  })

  it('ranks features by their part in the score, gives an unused one 0, and leaves the data alone', async () => {
    const x = blob(200, 3)
    const before = x.data.slice()
    const found = await permutationImportance(x, score, { repeats: 3, random: seededRandom(2) })
    expect(found.values[0]).toBeGreaterThan(5 * (found.values[1] ?? 0))
    expect(found.values[1]).toBeGreaterThan(0)
    expect(found.values[2]).toBe(0)
    expect(x.data).toEqual(before)
  })

  it('measures the loss of ROC-AUC where anomalies are known', async () => {
    const x = blob(200, 3)
    const labels = Uint8Array.from({ length: 200 }, (_, row) => ((x.data[row * 3] ?? 0) > 0.9 ? 1 : 0))
    const found = await permutationImportance(x, score, { repeats: 5, random: seededRandom(2), labels })
    expect(found.baseValue).toBe(0.5)
    expect(found.outputValue).toBeGreaterThan(0.99)
    expect(found.values[0]).toBeGreaterThan(0.3)
    expect(Math.abs(found.values[1] ?? 0)).toBeLessThan(0.1)
    await expect(
      permutationImportance(x, score, { repeats: 1, random: seededRandom(2), labels: new Uint8Array(200) }),
    ).rejects.toMatchObject({ code: 'anomaly-detection/invalid-label' })
  })

  it('stops when it is told to', async () => {
    const options = { repeats: 1, random: seededRandom(1), signal: AbortSignal.abort() }
    await expect(permutationImportance(blob(5, 3), score, options)).rejects.toMatchObject({
      code: 'anomaly-detection/cancelled',
    })
  })
})

function blob(rows: number, columns: number): Matrix {
  const random = seededRandom(9)
  return { data: Float64Array.from({ length: rows * columns }, random), rows, columns }
}
