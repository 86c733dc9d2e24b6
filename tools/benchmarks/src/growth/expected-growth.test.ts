import { detectorIds } from '@nomaly/ai-anomaly-detection'
import { expect, test } from 'vitest'

import { expectedGrowth } from './expected-growth.ts'

test('every detector has its growth stated', () => {
  expect(Object.keys(expectedGrowth).sort()).toEqual([...detectorIds].sort())
})
