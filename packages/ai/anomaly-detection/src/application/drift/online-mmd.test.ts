import { describe, expect, it } from 'vitest'

import type { Matrix } from '../../domain/matrix.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { standardNormal } from '../../domain/numeric/standard-normal.ts'
import { createOnlineMmd, type OnlineMmdOptions, restoreOnlineMmd } from './online-mmd.ts'

const normal = standardNormal(seededRandom(8))
const OPTIONS: OnlineMmdOptions = { expectedRunTime: 40, windowSize: 5, bootstraps: 8000 }

const row = (tie = 0, shift = 0): ReadonlyArray<number> => {
  const first = normal()
  return [100 + 3 * (first + shift), tie * first + Math.sqrt(1 - tie * tie) * normal()]
}
const reference = (rows: number): Matrix => ({
  data: Float64Array.from(Array.from({ length: rows }, () => row()).flat()),
  rows,
  columns: 2,
})

describe('online MMD', () => {
  it('gives a false alarm every 40 rows where 40 are asked for, to 15 %', () => {
    let alarms = 0
    let rows = 0
    for (let seed = 0; seed < 14; seed++) {
      const detector = createOnlineMmd(reference(400), { ...OPTIONS, seed })
      for (let at = 0; at < 1000; at++, rows++) if (detector.update(row()) === 'drift') alarms++
    }
    expect(Math.abs(rows / alarms / 40 - 1)).toBeLessThan(0.15)
  })

  it('sees a shift, and that columns go together', () => {
    const options = { expectedRunTime: 500, windowSize: 40, bootstraps: 10_000 }
    for (const [tie, shift] of [
      [0, 1.5],
      [0.95, 0],
    ] as const) {
      const detector = createOnlineMmd(reference(400), options)
      let alarm = -1
      for (let at = 0; alarm === -1 && at < 300; at++) if (detector.update(row(tie, shift)) === 'drift') alarm = at
      expect(alarm).toBeGreaterThan(0)
      expect(alarm).toBeLessThan(150)
      expect(detector.judged.statistic).toBeGreaterThan(detector.judged.threshold)
    }
  })

  it('goes on from its JSON with the same signals, and is as new after a reset', () => {
    const first = createOnlineMmd(reference(60), OPTIONS)
    for (let at = 0; at < 73; at++) first.update(row())
    const second = restoreOnlineMmd(JSON.parse(JSON.stringify(first)))
    const rows = Array.from({ length: 200 }, (_, at) => row(0, at / 100))
    const signals = rows.map((one) => first.update(one))
    expect(signals).toContain('drift')
    expect(rows.map((one) => second.update(one))).toEqual(signals)
    expect(JSON.parse(JSON.stringify(second))).toEqual(JSON.parse(JSON.stringify(first)))
    expect(second.seen).toBe(273)
    second.reset()
    expect(second.seen).toBe(0)
    expect(second.judged.statistic).toBeLessThan(second.judged.threshold)
  })

  it('refuses rows, references, options and states that do not fit, and is as before', () => {
    const detector = createOnlineMmd(reference(30), OPTIONS)
    const before = JSON.stringify(detector)
    expect(() => detector.update([1])).toThrow(/a row of 1 numbers; the reference has 2/)
    expect(() => detector.update([1, Number.NaN])).toThrow(/the value is NaN/)
    expect(JSON.stringify(detector)).toBe(before)
    expect(() => createOnlineMmd(reference(19), OPTIONS)).toThrow(/needs 20 of each/)
    expect(() => createOnlineMmd(reference(30), { expectedRunTime: 1 })).toThrow(
      /options of online MMD: expectedRunTime/,
    )
    const state = JSON.parse(before) as Record<string, unknown>
    for (const bad of [
      { ...state, window: [1] },
      { ...state, aside: [99] },
      { ...state, id: 'mmd' },
    ]) {
      expect(() => restoreOnlineMmd(bad)).toThrow(
        expect.objectContaining({ code: 'anomaly-detection/invalid-stream-state' }),
      )
    }
  })
})
