import { expect, test } from 'vitest'

import { nabReport } from './nab-report.ts'

const run = (standard: number, otherCategories: number) => ({
  nab: [standard, 50, 70] as const,
  spread: { otherCategories, bootstrap: [40, 80] as const },
  vusPr: 0.4,
  pointsPerSecond: 12_345.6,
})

test('gives the span over seeds, and leaves out what does not apply', () => {
  const report = nabReport([
    { name: 'ours', runs: [run(66.04, 60), run(68, 62)] },
    { name: 'batch', runs: [{ vusPr: 0.41, pointsPerSecond: 7 }] },
  ])
  expect(report).toMatch(/\| ours +\| +66\.0 to 68\.0 \| +50\.0 \| +70\.0 \| +0\.400 \| +12,346 \|/)
  expect(report).toMatch(/\| batch +\| +\| +\| +\| +0\.410 \| +7 \|/)
  expect(report).toContain('- ours: 2 seeds; 60.0 to 62.0 where')
  expect(report).toContain('40.0 to 80.0 in nine of ten')
  expect(report).not.toContain('- batch')
  expect(report).toContain('*ARTime*')
})
