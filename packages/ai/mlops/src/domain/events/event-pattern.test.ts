import { expect, it } from 'vitest'

import { checkPattern, matchesPattern } from './event-pattern.ts'

it.each([
  ['nomaly.model.promoted', 'nomaly.model.promoted', true],
  ['nomaly.*.promoted', 'nomaly.model.promoted', true],
  ['nomaly.model.*', 'nomaly.model.promoted', true],
  ['*.*.*', 'nomaly.model.promoted', true],
  ['nomaly.*', 'nomaly.model.promoted', false],
  ['nomaly.model.*', 'nomaly.model-version.created', false],
  ['nomaly.model.promoted', 'nomalyxmodel.promoted', false],
])('%s against %s: %s', (pattern, type, expected) => {
  expect(matchesPattern(pattern, type)).toBe(expected)
})

it.each(['', '*', 'nomaly', 'nomaly.*', 'nomaly.a.b.c', 'nomaly..created', 'nomaly.mod*.x', 'Nomaly.a.b'])(
  'refuses the pattern %j',
  (pattern) => {
    expect(() => checkPattern(pattern)).toThrow(expect.objectContaining({ code: 'mlops/invalid-argument' }))
  },
)
