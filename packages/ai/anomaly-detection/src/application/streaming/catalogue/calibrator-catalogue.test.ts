import { scoreCalibratorLaws } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { randomStream } from '../../../domain/numeric/random-stream.ts'
import { standardNormal } from '../../../domain/numeric/standard-normal.ts'
import { scoreCalibrators } from './calibrator-catalogue.ts'

const context = { columns: 1, seed: 0 }
const small: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'anomaly-likelihood': { longWindow: 500, refitEvery: 50 },
  conformal: { window: 200 },
  spot: { initial: 120, peaks: 60, level: 0.9 },
  dspot: { initial: 100, peaks: 60, level: 0.9, depth: 20 },
  quantile: { warmUp: 100 },
  'gaussian-tail': { window: 300 },
}

describe('the laws of calibrators', () => {
  for (const id of scoreCalibrators.ids) {
    scoreCalibratorLaws(it, id, {
      create: () => scoreCalibrators.create(id, small[id] ?? {}, context),
      restore: scoreCalibrators.restore,
    })
  }
})

describe('false alarms on a stream that stays as it is', () => {
  const n = 150_000
  const { next } = randomStream(4)
  const normal = standardNormal(next)
  const streams = {
    normal: Float64Array.from({ length: n }, normal),
    exponential: Float64Array.from({ length: n }, () => -Math.log(1 - next())),
    'heavy-tailed': Float64Array.from({ length: n }, () => (1 - next()) ** -0.4),
  }

  it.each([
    ['conformal', {}, 0.01, ['normal', 'exponential', 'heavy-tailed']],
    ['conformal', { window: 5000 }, 0.002, ['exponential']],
    ['spot', { risk: 0.002 }, 0.002, ['normal', 'exponential', 'heavy-tailed']],
    ['dspot', { risk: 0.005 }, 0.005, ['normal', 'exponential', 'heavy-tailed']],
    ['quantile', {}, 0.01, ['normal', 'exponential', 'heavy-tailed']],
    ['gaussian-tail', {}, 0.01, ['normal']],
  ] as const)('%s %j: within 20 % of %d', (id, parameters, asked, names) => {
    for (const name of names) {
      const calibrator = scoreCalibrators.create(id, parameters, context)
      let [alarms, judged] = [0, 0]
      for (const score of streams[name]) {
        if (calibrator.isReady) judged++
        if (calibrator.calibrateThenLearn(score) >= 1 - asked) alarms++
      }
      const share = alarms / judged / asked
      expect(Math.abs(share - 1), `${name}: ${share.toFixed(3)} of the false alarms asked for`).toBeLessThan(0.2)
    }
  })

  it('dspot keeps them where the level of the scores drifts up and down, where spot does not', () => {
    const drifting = streams.normal.map((score, i) => score + 10 * Math.sin(i / 5000))
    const alarmsOf = (id: string): number => {
      const calibrator = scoreCalibrators.create(id, { risk: 0.005 }, context)
      return drifting.filter((score) => calibrator.calibrateThenLearn(score) >= 0.995).length / (0.005 * n)
    }
    expect(Math.abs(alarmsOf('dspot') - 1)).toBeLessThan(0.2)
    expect(Math.abs(alarmsOf('spot') - 1)).toBeGreaterThan(0.5)
  })

  it('spot begins anew where the level has jumped for good', () => {
    const calibrator = scoreCalibrators.create('spot', { risk: 0.005 }, context)
    const jumped = streams.exponential.map((score, i) => (i < 50_000 ? score : score + 50))
    const alarms = jumped.filter((score) => calibrator.calibrateThenLearn(score) >= 0.995).length
    expect(Math.abs((alarms - 100) / (0.005 * n) - 1)).toBeLessThan(0.2)
  })
})
