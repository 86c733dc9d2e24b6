import { expect, test } from 'vitest'

import { assertSameTable, profileReport } from './profile-report.ts'
import type { SideRun } from './side-run.ts'

const run = (cpuSeconds: number, peakMb: number, mean = 2): SideRun => ({
  rows: 10,
  cpuSeconds,
  wallSeconds: cpuSeconds / 2,
  peakMb,
  versions: {},
  check: { nulls: 1, mean },
})

test('takes the least of each figure and sets ours beside the others', () => {
  const contest = {
    name: 'CSV',
    bytes: 507e6,
    sides: [
      { side: 'nomaly', runs: [run(6, 400), run(5, 420)] },
      { side: 'peer', runs: [run(50, 4000)] },
    ],
  }
  const lines = profileReport([contest]).split('\n')
  expect(lines[2]).toMatch(/CSV, 507 MB \| nomaly +\| +5\.0 \| +2\.5 \| +400 \|/)
  expect(lines[3]).toMatch(/peer +\| +50\.0 \| +25\.0 \| +4000 \| +0\.10 x \| +0\.10 x \|/)
  expect(() => {
    assertSameTable(contest)
  }).not.toThrow()
})

test('refuses sides that did not see the same table', () => {
  const sides = [
    { side: 'nomaly', runs: [run(1, 1)] },
    { side: 'peer', runs: [run(1, 1, 2.1)] },
  ]
  expect(() => {
    assertSameTable({ name: 'CSV', bytes: 1, sides })
  }).toThrow(/disagree/)
})
