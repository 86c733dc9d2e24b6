import { expect, it } from 'vitest'

import { storeReport } from './store-report.ts'

it('says of each goal whether it was reached', () => {
  const times = (ms: number) => [{ name: 'newest first', rows: 100, ms }]
  const report = storeReport({
    runs: 100_000,
    few: times(3),
    many: times(41),
    writes: [{ durable: false, batch: 1000, rowsPerSecond: 60_000, ms: 1.5 }],
    series: { points: 1000, asRows: 33, compacted: 8.5 },
  })
  expect(report).toContain('| newest first | 100  |         3.0 | 100  | 41.0 (missed) |')
  expect(report).toContain('50,000 points a second: reached')
  expect(report).toContain('8.50 once compacted (goal 8: missed)')
})
