import { expect, it } from 'vitest'

import type { Expectation } from '../../domain/expectation.ts'
import { documentText } from '../../infrastructure/suites/document-text.ts'
import { parseSuite } from '../../infrastructure/suites/parse-suite.ts'
import { suggestExpectations } from './suggest-expectations.ts'
import { suggestedSuite } from './suggested-suite.ts'

const column = (name: string, more: object): object => ({
  name,
  physicalType: 'VARCHAR',
  type: 'text',
  count: 1000,
  nulls: 0,
  distinct: { value: 900, exact: true },
  ...more,
})
const profile = (nulls = 0): object => ({
  formatVersion: 1,
  rows: 1000,
  columns: [
    column('id', {
      physicalType: 'BIGINT',
      type: 'number',
      numbers: { min: 1, max: 1000, exactMax: '9007199254740993' },
    }),
    column('state, or so', {
      count: 1000 - nulls,
      nulls,
      top: [
        { value: 'paid', count: 500 },
        { value: 'open', count: 500 - nulls },
      ],
      distinct: { value: 2, exact: true },
    }),
    column('mail', { semantic: [{ kind: 'email', share: 0.99, rows: 100, personal: true }], top: [] }),
    column('unsure', { distinct: { value: 2, exact: false }, top: [{ value: 'a', count: 1000 }] }),
  ],
  keys: [{ columns: ['id'], exact: true }],
})
const STATE = 'state%2C%20or%20so'

it('says why, with figures, and how sure it is', () => {
  const suggestions = suggestExpectations(profile(100), { confidence: 0.9 })
  const told = Object.fromEntries(suggestions.map((one) => [one.id, one]))
  expect(Object.keys(told)).toEqual([
    'columns',
    'rows',
    'type:id',
    'not-null:id',
    'unique:id',
    'range:id',
    `type:${STATE}`,
    `not-null:${STATE}`,
    `in-set:${STATE}`,
    'type:mail',
    'not-null:mail',
    'form:mail',
    'type:unsure',
    'not-null:unsure',
  ])
  // Six shares: z of 1 - 0.1 / 6 is 2.128, of 500 rows (1000 and the next 1000), 0.9 good: see share-to-come.
  expect(told[`not-null:${STATE}`]).toMatchObject({
    confidence: 0.9,
    reason: '100 of 1,000 rows have no value; at most 13.23 % of the next table should break this',
    expectation: { severity: 'warning', kwargs: { column: 'state, or so', mostly: 0.8677 } },
  })
  expect(told['unique:id']).toMatchObject({ confidence: null, reason: expect.stringMatching(/name/) as unknown })
  expect(told['range:id']?.expectation.kwargs).toMatchObject({ minValue: 1 })
  expect(told[`in-set:${STATE}`]?.expectation.kwargs['valueSet']).toEqual(['paid', 'open'])
  // More sure, and for a smaller table: less is asked of it.
  const share = (options: object): unknown =>
    suggestExpectations(profile(100), options).find(({ id }) => id === `not-null:${STATE}`)?.expectation.kwargs[
      'mostly'
    ]
  expect(share({ confidence: 0.99 })).toBeLessThan(0.8677)
  expect(share({ confidence: 0.9, nextRows: 100 })).toBeLessThan(0.8677)
})

it('suggests nothing of an empty table but its columns, and refuses what is no profile', () => {
  const empty = { ...profile(), rows: 0, columns: [column('a', { count: 0, distinct: { value: 0, exact: true } })] }
  expect(suggestExpectations(empty).map(({ id }) => id)).toEqual(['columns'])
  for (const wrong of [null, {}, { formatVersion: 2 }, { formatVersion: 1, rows: -1, columns: [] }])
    expect(() => suggestExpectations(wrong)).toThrow(/no profile of format 1/)
  for (const confidence of [0.5, 1, Number.NaN])
    expect(() => suggestExpectations(empty, { confidence })).toThrow(/confidence/)
})

it('remembers what was accepted, rejected and changed by hand, through a file', () => {
  const own: Expectation = { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'unsure' } }
  const first = suggestedSuite(suggestExpectations(profile()), {
    name: 'orders',
    previous: { name: 'mine', expectations: [own], meta: { owner: 'me' } },
    accept: ['in-set:state, or so'],
    reject: ['rows', 'form:mail'],
  })
  expect([...first.states].filter(([, state]) => state !== 'proposed')).toEqual([
    ['rows', 'rejected'],
    [`in-set:${STATE}`, 'accepted'],
    ['form:mail', 'rejected'],
    ['not-null:unsure', 'present'],
  ])
  expect(first.suite).toMatchObject({
    name: 'mine',
    meta: { owner: 'me', suggestions: { rejected: ['form:mail', 'rows'] } },
  })

  const text = documentText(first.suite, 'yaml').replace('minValue: 1\n', 'minValue: 7\n')
  const kept = parseSuite(text)
  const second = suggestedSuite(suggestExpectations(profile(200)), { name: 'x', previous: kept, accept: ['rows'] })
  const of = (id: string): Expectation | undefined => second.suite.expectations.find((one) => one.id === id)
  expect(second.suite.expectations[0]).toEqual(own)
  expect(of('range:id')).toMatchObject({ kwargs: { minValue: 7 }, meta: { suggestion: { state: 'accepted' } } })
  expect(of(`not-null:${STATE}`)).toMatchObject({
    meta: { suggestion: { state: 'proposed', reason: expect.stringMatching(/^200/) as unknown } },
  })
  expect(of(`in-set:${STATE}`)?.kwargs).toEqual(
    first.suite.expectations.find(({ id }) => id === `in-set:${STATE}`)?.kwargs,
  )
  expect(of('form:mail')).toBeUndefined()
  expect(of('rows')).toMatchObject({ meta: { suggestion: { state: 'accepted' } } })
  expect(second.suite.meta).toEqual({ owner: 'me', suggestions: { rejected: ['form:mail'] } })
  const third = suggestedSuite(suggestExpectations(profile(200)), { name: 'x', previous: second.suite })
  expect(third.suite).toEqual(second.suite)
})

it('refuses ids that are none', () => {
  const decide = (decisions: object): unknown =>
    suggestedSuite(suggestExpectations(profile()), { name: 's', ...decisions })
  expect(() => decide({ accept: ['row'] })).toThrow(/"row"; did you mean rows\?/)
  expect(() => decide({ accept: ['rows'], reject: ['rows'] })).toThrow(/both/)
})
