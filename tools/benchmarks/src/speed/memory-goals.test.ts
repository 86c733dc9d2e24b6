import { expect, test } from 'vitest'

import { contests } from './contests.ts'
import { memoryGoalLine, memoryGoals } from './memory-goals.ts'

const size = { rows: 1_000_000, columns: 10 } // 76.29 MB
const use = { peer: 'ecod', size, oursMb: 125, theirsMb: 1000 }

test("judges our memory by the peer's and by the data", () => {
  const goal = { peer: 'ecod', size: '1000000x10', of: 'peer', atMost: 1 / 8 } as const
  expect(memoryGoalLine(goal, [use])).toBe("met: ecod at 1000000x10, memory: at most 1/8 of the peer's, measured 0.125")
  expect(memoryGoalLine(goal, [{ ...use, oursMb: 125.1 }])).toMatch(/^\*\*missed\*\*: .* measured 0\.126$/)
  // 153 / 76.29 is a little more than 2
  const matrix = { ...goal, of: 'data', atMost: 2 } as const
  expect(memoryGoalLine(matrix, [{ ...use, oursMb: 153 }])).toMatch(/^\*\*missed\*\*: .* at most 2 of the matrix/)
  expect(memoryGoalLine(matrix, [])).toMatch(/^\*\*not measured\*\*/)
})

test('every goal belongs to a contest', () => {
  for (const { peer } of memoryGoals) expect(contests.map((contest) => contest.peer)).toContain(peer)
})
