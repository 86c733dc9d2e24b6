import { expect, test } from 'vitest'

import { streamReport } from './stream-report.ts'

const contest = (goal: object) => ({
  id: 'a',
  what: 'a thing',
  columns: 1,
  ours: { kind: 'left-profile' as const },
  ...goal,
})

test('judges by the goal, never rounding in our favour', () => {
  const report = streamReport([
    { contest: contest({ peer: 'River', timesPeer: 20 }), ours: 19_999, peer: 1000 },
    { contest: contest({ peer: 'River', timesPeer: 1 }), ours: 1000, peer: 1000 },
    { contest: contest({ peer: 'River', timesPeer: 2 }), ours: 1000, peer: 'does not install' },
    { contest: contest({ least: 1_234_567 }), ours: 1_234_567 },
    { contest: contest({ least: 1_234_568 }), ours: 1_234_567 },
  ])
  const lines = report.split('\n').slice(2)
  expect(lines[0]).toMatch(/19,900 .* 1,000 \| +19\.9x \| 20x the peer: \*\*missed\*\*/)
  expect(lines[1]).toMatch(/1x \| as fast as the peer: met/)
  expect(lines[2]).toMatch(/does not install \| +\| 2x the peer: not measured/)
  expect(lines[3]).toMatch(/1,230,000 .*1,234,567: met/)
  expect(lines[4]).toMatch(/1,234,568: \*\*missed\*\*/)
})
