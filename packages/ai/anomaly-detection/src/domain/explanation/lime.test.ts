import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { lime, limeFit } from './lime.ts'
import type { ScoreRows } from './score-rows.ts'

const linear = scoring(([a = 0, b = 0]) => 4 + 2 * a - 3 * b)

describe('lime', () => {
  it.skipIf(!hasReferenceData)(`agrees with the reference fit on given perturbations${referenceNote}`, () => {
    const { lime: wanted } = referenceJson('explain/kernel-shap-lime.json') as { readonly lime: Reference }
    const row = Float64Array.from(wanted.x)
    const scales = Float64Array.from(wanted.scale)
    const scores = wanted.perturbations.map((z) =>
      referenceFunction(Float64Array.from(z, (one, j) => (row[j] ?? 0) + (scales[j] ?? 0) * one)),
    )
    const perturbations = Float64Array.from(wanted.perturbations.flat())
    const found = limeFit(row, scales, perturbations, Float64Array.from(scores))
    expect(found.intercept).toBeCloseTo(wanted.intercept, 9)
    for (const [j, one] of wanted.coefficients.entries()) expect(found.coefficients[j]).toBeCloseTo(one, 9)
    expect(found.fit).toBeCloseTo(wanted.weighted_r2, 9)
  })

  it('finds a linear score again, but for the penalty', async () => {
    const scales = Float64Array.of(0.5, 2)
    const options = { samples: 5000, random: seededRandom(1) }
    const found = await lime(Float64Array.of(1, 1), scales, linear, options)
    expect(found.outputValue).toBe(3)
    expect(found.intercept).toBeCloseTo(3, 2)
    expect(found.coefficients[0]).toBeCloseTo(1, 2)
    expect(found.coefficients[1]).toBeCloseTo(-6, 1)
    expect(found.fit).toBeGreaterThan(0.999)
  })

  it('varies over seeds as its standard errors say, and not for one seed', async () => {
    const bent = scoring(([a = 0, b = 0]) => Math.max(0, a) ** 2 + Math.abs(b))
    const run = (seed: number) =>
      lime(Float64Array.of(0.2, 0.1), Float64Array.of(1, 1), bent, { samples: 300, random: seededRandom(seed) })
    const found = await Promise.all(Array.from({ length: 20 }, (_, seed) => run(seed)))
    const slopes = found.map(({ coefficients }) => coefficients[0] ?? 0)
    const mean = slopes.reduce((sum, one) => sum + one, 0) / 20
    const sd = Math.sqrt(slopes.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 19)
    const told = found.reduce((sum, { standardErrors }) => sum + (standardErrors[0] ?? 0), 0) / 20
    expect(told / sd).toBeGreaterThan(0.5)
    expect(told / sd).toBeLessThan(2)
    expect(await run(3)).toEqual(found[3])
  })

  it('leaves a feature that does not vary alone, and a score that does not vary flat', async () => {
    const options = { samples: 200, random: seededRandom(1) }
    const held = await lime(Float64Array.of(1, 1), Float64Array.of(1, 0), linear, options)
    expect(held.coefficients[1]).toBe(0)
    expect(held.standardErrors[1]).toBe(0)
    const flat = await lime(
      Float64Array.of(1, 1),
      Float64Array.of(1, 1),
      scoring(() => 7),
      options,
    )
    expect(flat.coefficients[0]).toBeCloseTo(0, 9)
    expect(flat.intercept).toBeCloseTo(7, 9)
    expect(flat.fit).toBe(1)
  })

  it('stops when it is told to', async () => {
    const options = { samples: 10, random: seededRandom(1), signal: AbortSignal.abort() }
    const scales = Float64Array.of(1, 1)
    await expect(lime(Float64Array.of(1, 1), scales, linear, options)).rejects.toMatchObject({
      code: 'anomaly-detection/cancelled',
    })
  })
})

interface Reference {
  readonly x: ReadonlyArray<number>
  readonly scale: ReadonlyArray<number>
  readonly perturbations: ReadonlyArray<ReadonlyArray<number>>
  readonly intercept: number
  readonly coefficients: ReadonlyArray<number>
  readonly weighted_r2: number
}

function referenceFunction([z0 = 0, z1 = 0, z2 = 0]: Float64Array): number {
  return 1.5 * z0 - 2 * z1 + 0.5 * z2 + 0.8 * z0 * z1 + Math.max(0, z2 - 0.5) ** 2
}

function scoring(valueOf: (row: Float64Array) => number): ScoreRows {
  return ({ data, rows, columns }) =>
    Promise.resolve(
      Float64Array.from({ length: rows }, (_, row) => valueOf(data.subarray(row * columns, (row + 1) * columns))),
    )
}
