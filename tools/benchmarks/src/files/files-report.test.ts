import { expect, test } from 'vitest'

import { filesReport } from './files-report.ts'
import type { FileRun } from './run-side.ts'

const run = (wallSeconds: number, cpuSeconds: number, peakMb: number): FileRun => ({
  rows: 5,
  wallSeconds,
  cpuSeconds,
  peakMb,
  versions: {},
})

test('judges medians of wall time and memory, never rounding in our favour', () => {
  const contest = {
    name: 'CSV',
    bytes: 2e6,
    ours: [run(1, 2, 501), run(9, 2, 501), run(1, 2, 501)],
    peer: [run(2.999, 4, 1000)],
  }
  expect(filesReport({ rows: 5, columns: 2 }, [contest])).toMatch(
    /\| CSV +\| +2 \| +1\.0 \| +3\.0 \| +2\.99x \| +2\.0 \| +4\.0 \| +2\.00x \| +501 \| +1000 \| +0\.51 \| \*\*missed\*\*, \*\*missed\*\* /,
  )
  const good = { ...contest, ours: [run(1, 2, 500)], peer: [run(3, 4, 1000)] }
  expect(filesReport({ rows: 5, columns: 2 }, [good])).toContain('met, met')
})
