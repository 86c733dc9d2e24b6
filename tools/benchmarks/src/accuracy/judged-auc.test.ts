import { expect, test } from 'vitest'

import { accuracyReport } from './accuracy-report.ts'
import { judgedAuc } from './judged-auc.ts'

const fixed = { set: 'glass', detector: 'ecod', random: false }
const random = { set: 'glass', detector: 'iforest', random: true }

test('without randomness 0.002 is allowed', () => {
  expect(judgedAuc(fixed, [0.702], { auc: 0.7005, sd: 0 }).agrees).toBe(true)
  expect(judgedAuc(fixed, [0.703], { auc: 0.7005, sd: 0 }).agrees).toBe(false)
})

test('with randomness the mean is judged, by 0.01 or three standard deviations', () => {
  expect(judgedAuc(random, [0.5, 0.9], { auc: 0.705, sd: 0.001 })).toMatchObject({ auc: 0.7, agrees: true })
  expect(judgedAuc(random, [0.5, 0.86], { auc: 0.7, sd: 0.001 }).agrees).toBe(false) // 0.68 is 0.02 off
  expect(judgedAuc(random, [0.5, 0.86], { auc: 0.7, sd: 0.007 }).agrees).toBe(true) // 3 * 0.007 = 0.021
})

test('the report names every disagreement', () => {
  const right = judgedAuc(random, [0.7], { auc: 0.7, sd: 0.001 })
  const wrong = judgedAuc(fixed, [0.6], { auc: 0.7, sd: 0 })
  const report = accuracyReport([right, wrong], ['cover: too large'])
  expect(report).toContain('**0.6000 (-0.1000)**')
  expect(report).toContain('1 of 2 agree')
  expect(report).toContain('- **ecod on glass**: 0.6000, -0.1000 where 0.0020 is allowed')
  expect(report).toContain('- cover: too large')
})
