import { expect, it } from 'vitest'

import type { Expectation, Severity } from '../expectation.ts'
import type { ExpectationFindings, ExpectationResult, ValidationResult } from '../validation-result.ts'
import { dimensionOf } from './dimension.ts'
import { SCORE_WEIGHTS, scoreOf } from './quality-score.ts'

const one = (
  type: string,
  severity: Severity,
  success: boolean,
  result: ExpectationFindings = {},
  kwargs: Expectation['kwargs'] = {},
): ExpectationResult => ({ expectation: { type, kwargs }, severity, success, result })

const validationOf = (results: ReadonlyArray<ExpectationResult>): ValidationResult => ({
  suite: 's',
  source: 's.csv',
  engine: 'memory',
  startedAt: 0,
  durationMs: 0,
  rows: 10,
  success: false,
  statistics: { evaluated: results.length, successful: 0, unsuccessful: results.length, successPercent: 0 },
  results,
})

it('is the mean of the dimensions, each the weighted mean of its expectations', () => {
  const { score, dimensions, weights } = scoreOf(
    validationOf([
      // completeness: (4 x 0.9 + 1 x 1) / 5 = 0.92
      one('expectColumnValuesToNotBeNull', 'critical', false, { unexpectedPercent: 10 }),
      one('expectTableRowCountToEqual', 'info', true, { observedValue: 10 }),
      // validity: (4 x 0.5 + 2 x 0) / 6 = 1/3
      one('expectColumnValuesToBeBetween', 'critical', false, { unexpectedPercent: 50 }),
      one('expectColumnMaxToBeBetween', 'warning', false, { observedValue: 3 }),
    ]),
  )
  expect(dimensions.map(({ dimension, score: value, unmet }) => [dimension, value.toFixed(6), unmet])).toEqual([
    ['completeness', '92.000000', 1],
    ['validity', '33.333333', 2],
  ])
  expect(score).toBeCloseTo((92 + 100 / 3) / 2, 10)
  expect(weights).toEqual(SCORE_WEIGHTS)
})

it('counts what could not be evaluated as nothing, rows without a judgement as good, and takes weights', () => {
  const error = { ...one('expectColumnValuesToBeUnique', 'critical', false), exception: { code: 'x', message: 'y' } }
  expect(scoreOf(validationOf([error])).score).toBe(0)
  expect(
    scoreOf(validationOf([one('expectColumnValuesToBeUnique', 'info', true, { unexpectedPercent: null })])).score,
  ).toBe(100)
  expect(scoreOf(validationOf([])).score).toBeNull()
  const two = validationOf([
    one('expectColumnValuesToBeNull', 'info', false),
    one('expectColumnMeanToBeBetween', 'info', true),
  ])
  const dimension = { ...SCORE_WEIGHTS.dimension, validity: 3 }
  expect(scoreOf(two, { dimension }).score).toBe(75)
  expect(scoreOf(two, { severity: { critical: 1, warning: 1, info: 0 } }).score).toBeNull()
})

it.each([
  ['expectColumnValuesToNotBeNull', {}, 'completeness'],
  ['expectTableRowCountToBeBetween', {}, 'completeness'],
  ['expectColumnValuesToBeInSet', {}, 'validity'],
  ['expectColumnUniqueValueCountToBeBetween', {}, 'validity'],
  ['expectColumnValuesToBeUnique', {}, 'uniqueness'],
  ['expectCompoundColumnsToBeUnique', {}, 'uniqueness'],
  ['expectColumnPairValuesAToBeGreaterThanB', {}, 'consistency'],
  ['expectColumnValuesToExistInOtherTable', {}, 'consistency'],
  ['expectColumnMaxToBeRecent', {}, 'timeliness'],
  ['expectTableRowCountToMatchHistory', {}, 'timeliness'],
  ['expectColumnAggregateToBeBetween', { aggregate: 'nullPercent' }, 'completeness'],
  ['expectSegmentsToSatisfy', { expectation: { type: 'expectColumnValuesToBeUnique' } }, 'uniqueness'],
])('%s %j is of %s', (type, kwargs, dimension) => {
  expect(dimensionOf({ type, kwargs })).toBe(dimension)
  expect(dimensionOf({ type, kwargs, meta: { dimension: 'timeliness' } })).toBe('timeliness')
})
