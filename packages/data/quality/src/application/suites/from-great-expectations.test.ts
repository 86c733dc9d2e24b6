import { expect, it } from 'vitest'

import { describeExpectations } from '../catalogue/catalogue.ts'
import { fromGreatExpectations } from './from-great-expectations.ts'
import { parseSuiteData } from './suite-document.ts'

it('translates names, arguments and severities, and tells what it leaves out', () => {
  const { suite, untranslated } = fromGreatExpectations({
    name: 'orders',
    meta: { great_expectations_version: '1.5.0' },
    expectations: [
      {
        type: 'expect_column_values_to_be_between',
        kwargs: { column: 'amount', min_value: 0, max_value: null, mostly: 0.9, strict_min: true, batch_id: 'b' },
        severity: 'warning',
        id: 'one',
        meta: {},
      },
      {
        expectation_type: 'expect_column_pair_values_to_be_equal',
        kwargs: { column_A: 'a', column_B: 'b', ignore_row_if: 'either_value_is_missing' },
      },
      { type: 'expect_column_values_to_be_odd', kwargs: { column: 'a' } },
      {
        type: 'expect_column_values_to_be_unique',
        kwargs: { column: 'a', row_condition: 'b == "x"', condition_parser: 'pandas' },
      },
      { type: 'expect_table_row_count_to_equal', kwargs: { value: { $PARAMETER: 'rows' } } },
      { type: 'expect_column_values_to_match_regex', kwargs: { column: 'a', regex: 'a(?=b)' } },
    ],
  })
  expect(suite.expectations).toEqual([
    {
      type: 'expectColumnValuesToBeBetween',
      kwargs: { column: 'amount', minValue: 0, mostly: 0.9, strictMin: true },
      severity: 'warning',
      id: 'one',
    },
    {
      type: 'expectColumnPairValuesToBeEqual',
      kwargs: { columnA: 'a', columnB: 'b', ignoreRowIf: 'eitherValueIsMissing' },
    },
  ])
  expect(parseSuiteData(suite)).toEqual(suite)
  expect(untranslated).toMatchObject(
    [
      { path: ['expectations', 0, 'kwargs', 'batch_id'], weakens: false },
      { path: ['expectations', 2], reason: /expectColumnValuesToBeOdd/ },
      { path: ['expectations', 3, 'kwargs', 'row_condition'], reason: /row condition/ },
      { path: ['expectations', 4], reason: /^value: / },
      { path: ['expectations', 5], reason: /a\(\?=b\)|look/, weakens: true },
    ].map((one) => ('reason' in one ? { ...one, reason: expect.stringMatching(one.reason) as unknown } : one)),
  )
})

it('knows the names of all expectations that Great Expectations has', () => {
  for (const { type } of describeExpectations().filter(({ fromGreatExpectations: theirs }) => theirs)) {
    const snake = type.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    const { suite, untranslated } = fromGreatExpectations({ name: 's', expectations: [{ type: snake }] })
    expect(suite.expectations.length + untranslated.length).toBe(1)
    expect(untranslated[0]?.reason ?? '').not.toMatch(/there is no expectation/)
  }
})

it('refuses what is no such suite', () => {
  for (const data of [null, [], { name: 's' }, { expectations: [1] }])
    expect(() => fromGreatExpectations(data)).toThrow(/no suite of Great Expectations/)
})
