import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { type Contest, contests, reasonToLeaveOut, repetitionsOf } from './contests.ts'

const contest = (peer: string): Contest => {
  const found = contests.find((one) => one.peer === peer)
  if (!found) throw new Error(`no contest against ${peer}`)
  return found
}

test('neighbour methods run on many rows only where asked, and never on very many', () => {
  const ten = (rows: number): { rows: number; columns: number } => ({ rows, columns: 10 })
  expect(reasonToLeaveOut(contest('lof'), ten(10_000), false)).toBeUndefined()
  expect(reasonToLeaveOut(contest('lof'), ten(100_000), false)).toContain('--all')
  expect(reasonToLeaveOut(contest('lof'), ten(100_000), true)).toBeUndefined()
  expect(reasonToLeaveOut(contest('lof'), ten(1_000_000), true)).toContain('too long')
  expect(reasonToLeaveOut(contest('lof'), { rows: 100_000, columns: 50 }, true)).toContain('too long')
  expect(reasonToLeaveOut(contest('ecod'), ten(1_000_000), false)).toBeUndefined()
})

test('every peer has an implementation in peers/measure.py', () => {
  const script = readFileSync(join(import.meta.dirname, '../../peers/measure.py'), 'utf8')
  for (const { peer } of contests) expect(script).toContain(`    "${peer}": `)
})

test('what takes minutes is measured once, the rest as often as asked', () => {
  const size = { rows: 100_000, columns: 10 }
  expect(reasonToLeaveOut(contest('knn-brute'), size, false)).toBeUndefined()
  expect(reasonToLeaveOut(contest('knn-brute'), { ...size, columns: 50 }, true)).toContain('too long')
  expect(repetitionsOf(contest('knn-brute'), size, 3)).toBe(1)
  expect(repetitionsOf(contest('knn-brute'), { rows: 10_000, columns: 10 }, 3)).toBe(3)
  expect(repetitionsOf(contest('ecod'), { rows: 1_000_000, columns: 10 }, 3)).toBe(3)
})
