import { expect, it } from 'vitest'

import { createOnlineLoda } from './online-loda.ts'

it('scores by the share of the last window in the bin, with half a sample added to each bin and to the outside', () => {
  const detector = createOnlineLoda(1, 4, { projections: 3, bins: 5, window: 10 })
  for (const value of [0, 1.1, 2.1, 3.1, 4.1, 5.1, 6.1, 7.1, 8.1, 10]) detector.learnOne([value])
  // along any direction the bins are [0, 2), [2, 4), ... [8, 10] or the same from behind; 10 + 6 * 0.5 = 13 in all
  expect(detector.scoreOne([0.9])).toBeCloseTo(-Math.log(2.5 / 13), 12)
  expect(detector.scoreOne([9.1])).toBeCloseTo(-Math.log(2.5 / 13), 12)
  for (const outside of [-5, 12, 1e300]) expect(detector.scoreOne([outside])).toBeCloseTo(-Math.log(0.5 / 13), 12)
})

it('finds any change of a column that was constant', () => {
  const detector = createOnlineLoda(2, 4, { projections: 50, bins: 5, window: 20 })
  for (let i = 0; i < 20; i++) detector.learnOne([0.1 + 0.2, Math.sin(i)])
  expect(detector.scoreOne([0.3 + 1e-9, 0])).toBeGreaterThan(1.5 * detector.scoreOne([0.1 + 0.2, 0]))
})
