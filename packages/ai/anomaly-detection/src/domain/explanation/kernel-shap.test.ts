import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import type { Matrix } from '../matrix.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { everyCoalition, sampledCoalitions } from './coalitions.ts'
import { kernelShap } from './kernel-shap.ts'
import type { ScoreRows } from './score-rows.ts'

const EVERY = 2 ** 16

describe('kernelShap', () => {
  it('shares out a product by hand', async () => {
    // f(x, y) = x y at (2, 3) before the background row (1, 1): v() = 1, v(x) = 2, v(y) = 3, v(x y) = 6.
    // phi_x = ((2 - 1) + (6 - 3)) / 2 = 2, phi_y = ((3 - 1) + (6 - 2)) / 2 = 3. The third feature is as in the background.
    const background = { data: Float64Array.of(1, 1, 7), rows: 1, columns: 3 }
    const product = scoring(([x = 0, y = 0]) => x * y)
    const found = await kernelShap(Float64Array.of(2, 3, 7), background, product, options(EVERY))
    expect(found.baseValue).toBe(1)
    expect(found.outputValue).toBe(6)
    expect([...found.values]).toEqual([2, 3, 0])
    expect([...found.standardErrors]).toEqual([0, 0, 0])
  })

  it.skipIf(!hasReferenceData)(`agrees with the reference values${referenceNote}`, async () => {
    const { kernel_shap: wanted } = referenceJson('explain/kernel-shap-lime.json') as {
      readonly kernel_shap: Reference
    }
    const background = matrixOf(wanted.background)
    for (const { x, f, base, values } of wanted.rows) {
      const found = await kernelShap(Float64Array.from(x), background, scoring(referenceFunction), options(EVERY))
      expect(found.outputValue).toBeCloseTo(f, 9)
      expect(found.baseValue).toBeCloseTo(base, 9)
      for (const [j, value] of values.entries()) expect(found.values[j]).toBeCloseTo(value, 9)
    }
  })

  it('adds up and comes closer to the exact values the more sets it draws, as its standard errors say', async () => {
    const background = blob(20, 10, 5)
    const row = Float64Array.from({ length: 10 }, (_, i) => 3 - i / 2)
    const score = scoring((x) => (x[0] ?? 0) * (x[1] ?? 0) + Math.max(...x) + Math.abs((x[7] ?? 0) - (x[8] ?? 0)))
    const exact = await kernelShap(row, background, score, options(EVERY))
    const errors: number[] = []
    for (const samples of [60, 600]) {
      const found = await kernelShap(row, background, score, options(samples))
      const sum = found.values.reduce((total, one) => total + one, found.baseValue)
      expect(Math.abs(sum - found.outputValue)).toBeLessThan(1e-9)
      const off = [...found.values].map((value, j) => Math.abs(value - (exact.values[j] ?? 0)))
      for (const [j, one] of off.entries()) expect(one).toBeLessThan(6 * (found.standardErrors[j] ?? 0) + 1e-9)
      errors.push(Math.max(...off))
    }
    expect(errors[1]).toBeLessThan((errors[0] ?? 0) / 2)
    expect(Math.max(...exact.standardErrors)).toBe(0)
  })

  it('gives the same for the same seed', async () => {
    const background = blob(10, 12, 2)
    const row = Float64Array.from({ length: 12 }, (_, i) => i)
    const score = scoring((x) => Math.max(...x))
    const [first, second] = [1, 2].map(() => kernelShap(row, background, score, options(100)))
    expect(await first).toEqual(await second)
  })

  it('holds scores at the largest double', async () => {
    const background = { data: Float64Array.of(0, 0, 0, 0), rows: 2, columns: 2 }
    const score = scoring(() => Number.MAX_VALUE)
    const found = await kernelShap(Float64Array.of(1, 1), background, score, options(EVERY))
    expect(found.baseValue).toBe(Number.MAX_VALUE)
    expect([...found.values]).toEqual([0, 0])
  })

  it('says how many samples it needs at least, and stops when it is told to', async () => {
    const row = new Float64Array(30).fill(9)
    const score = scoring(([x = 0]) => x)
    await expect(kernelShap(row, blob(3, 30, 1), score, options(59))).rejects.toThrow(/at least 60 samples/)
    const stopped = { ...options(100), signal: AbortSignal.abort() }
    await expect(kernelShap(row, blob(3, 30, 1), score, stopped)).rejects.toMatchObject({
      code: 'anomaly-detection/cancelled',
    })
  })
})

describe('sampledCoalitions', () => {
  it('weighs each size as Kernel SHAP does, and takes whole sizes while they fit', () => {
    const { count, masks, weights, draws } = sampledCoalitions(6, 30, seededRandom(1))
    expect(count).toBe(30)
    const bySize = new Float64Array(7)
    for (let set = 0; set < count; set++) {
      const size = masks.subarray(set * 6, (set + 1) * 6).reduce((sum, one) => sum + one, 0)
      bySize[size] = (bySize[size] ?? 0) + (weights[set] ?? 0)
    }
    // (M - 1) / (k (M - k)) for sizes 1 and 5, which are whole; the other three share what they have together
    expect(bySize[1]).toBeCloseTo(1, 12)
    expect(bySize[5]).toBeCloseTo(1, 12)
    expect((bySize[2] ?? 0) + (bySize[3] ?? 0) + (bySize[4] ?? 0)).toBeCloseTo(5 / 8 + 5 / 9 + 5 / 8, 12)
    expect(bySize[2]).toBeCloseTo(bySize[4] ?? 0, 12)
    expect(draws.slice(0, 12)).toEqual(new Int32Array(12).fill(-1))
    expect(draws[29]).toBe(8)
  })

  it('numbers every set by its bits', () => {
    expect([...everyCoalition(2)]).toEqual([0, 0, 1, 0, 0, 1, 1, 1])
  })
})

interface Reference {
  readonly background: ReadonlyArray<ReadonlyArray<number>>
  readonly rows: ReadonlyArray<{
    readonly x: ReadonlyArray<number>
    readonly f: number
    readonly base: number
    readonly values: ReadonlyArray<number>
  }>
}

function referenceFunction([z0 = 0, z1 = 0, z2 = 0]: Float64Array): number {
  return 1.5 * z0 - 2 * z1 + 0.5 * z2 + 0.8 * z0 * z1 + Math.max(0, z2 - 0.5) ** 2
}

function options(samples: number): { readonly samples: number; readonly random: () => number } {
  return { samples, random: seededRandom(1) }
}

function scoring(valueOf: (row: Float64Array) => number): ScoreRows {
  return ({ data, rows, columns }) =>
    Promise.resolve(
      Float64Array.from({ length: rows }, (_, row) => valueOf(data.subarray(row * columns, (row + 1) * columns))),
    )
}

function matrixOf(rows: ReadonlyArray<ReadonlyArray<number>>): Matrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]?.length ?? 0 }
}

function blob(rows: number, columns: number, seed: number): Matrix {
  const random = seededRandom(seed)
  return { data: Float64Array.from({ length: rows * columns }, () => 2 * random() - 1), rows, columns }
}
