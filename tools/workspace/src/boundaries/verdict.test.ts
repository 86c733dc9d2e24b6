import { expect, it } from 'vitest'

import type { Plant } from './plants.ts'
import { verdictOf } from './verdict.ts'

const plant: Plant = {
  what: 'a circle',
  rule: 'no-circular',
  at: 'src/a.ts',
  files: { 'src/a.ts': '', 'src/b.ts': '' },
}
const reportOf = (...violations: ReadonlyArray<{ rule: string; from: string; to: string }>) => ({
  modules: 2,
  dependencies: 2,
  violations: violations.map((violation) => ({ ...violation, circle: [] })),
})

it('counts a plant as seen only when its own rule names its own file', () => {
  const seen = reportOf({ rule: 'no-circular', from: 'src/a.ts', to: 'src/b.ts' })
  const otherRule = reportOf({ rule: 'no-orphans', from: 'src/a.ts', to: 'src/b.ts' })
  const otherFile = reportOf({ rule: 'no-circular', from: 'src/b.ts', to: 'src/a.ts' })

  expect(verdictOf([plant], seen, ['no-circular'])).toMatchObject({ seen: [plant], missed: [] })
  expect(verdictOf([plant], otherRule, ['no-circular'])).toMatchObject({ seen: [], missed: [plant] })
  expect(verdictOf([plant], otherFile, ['no-circular'])).toMatchObject({ seen: [], missed: [plant] })
})

it('reports what was named although nothing was planted there, and rules that no plant proves', () => {
  const violation = { rule: 'no-circular', from: 'src/clean.ts', to: 'src/b.ts' }

  expect(verdictOf([plant], reportOf(violation), ['no-circular', 'no-orphans'])).toMatchObject({
    unexpected: [{ ...violation, circle: [] }],
    unproven: ['no-orphans'],
  })
})
