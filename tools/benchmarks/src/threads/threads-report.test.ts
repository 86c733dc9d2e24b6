import { expect, test } from 'vitest'

import { threadsReport } from './threads-report.ts'

const times = (fitMs: number, scoreMs: number) => ({ fitMs, fitCpuMs: fitMs, scoreMs, scoreCpuMs: scoreMs * 2 })
const pair = (fitMs: number, scoreMs: number) => ({
  alone: times(100, 100),
  together: times(fitMs, scoreMs),
  othersBusy: 0.04,
})

test('judges medians of the gain, never rounding in our favour', () => {
  const contest = { detector: 'knn', size: { rows: 20, columns: 2 }, fitsInParts: true }
  const report = threadsReport([{ contest, pairs: [pair(50, 55), pair(90, 59), pair(51, 60)] }], 2)
  expect(report).toMatch(/\| fit +\| +100 \| +51 \| +1\.96x \| +-49 % \| +0\.04 \| met/)
  expect(report).toMatch(/\| score +\| +100 \| +59 \| +1\.69x \| +-41 % \| +0\.04 \| \*\*missed\*\*/)
  expect(threadsReport([{ contest: { ...contest, fitsInParts: false }, pairs: [pair(1, 1)] }], 2)).not.toContain('fit')
})
