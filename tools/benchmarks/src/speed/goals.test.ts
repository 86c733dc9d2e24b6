import { expect, test } from 'vitest'

import { contests } from './contests.ts'
import { goalOf, goals, judged } from './goals.ts'

const goal = { peer: 'ecod', size: '100000x10', step: 'fit', atLeast: 2 } as const

test('a goal is met from its ratio on, and not by rounding', () => {
  expect(judged(goal, 2).kind).toBe('met')
  expect(judged(goal, 1.9999).kind).toBe('missed')
  expect(judged(goal, undefined).kind).toBe('not measured')
})

test('a goal is found by peer, size and step', () => {
  expect(goalOf('iforest', { rows: 100_000, columns: 10 }, 'fit + score')?.atLeast).toBe(3)
  expect(goalOf('iforest', { rows: 100_000, columns: 10 }, 'score')?.atLeast).toBe(4)
  expect(goalOf('iforest', { rows: 10_000, columns: 10 }, 'fit + score')).toBeUndefined()
})

test('every goal belongs to a contest', () => {
  for (const { peer } of goals) expect(contests.map((contest) => contest.peer)).toContain(peer)
})
