import { expect, it } from 'vitest'

import { checkPatterns, matchesPattern } from './event-pattern.ts'

it.each([
  ['nomaly.model.promoted', 'nomaly.model.promoted', true],
  ['nomaly.*.promoted', 'nomaly.model.promoted', true],
  ['nomaly.detection.*', 'nomaly.detection.completed', true],
  ['*.*.*', 'nomaly.model.promoted', true],
  ['nomaly.*', 'nomaly.model.promoted', true],
  ['*', 'nomaly.model.promoted', true],
  ['nomaly.model.*', 'nomaly.model', false],
  ['nomaly.*.promoted', 'nomaly.model.version.promoted', false],
  ['nomaly.model.*', 'nomaly.model-version.created', false],
  ['nomaly.model.promoted', 'nomalyxmodel.promoted', false],
])('%s against %s: %s', (pattern, type, expected) => {
  expect(matchesPattern(pattern, type)).toBe(expected)
})

it.each([[[]], [['']], [['nomaly..created']], [['nomaly.mod*.x']], [['nomaly.a.b', 'Nomaly.a.b']]])(
  'refuses the patterns %j',
  (patterns) => {
    expect(() => checkPatterns(patterns)).toThrow(expect.objectContaining({ code: 'sqlite/invalid-argument' }))
  },
)
