import { expect, it } from 'vitest'

import type { ExpectationFindings, ValidationResult } from '../validation-result.ts'
import { maskedValidation, personalColumns } from './masked-validation.ts'
import { isPersonalName, isPersonalText, MASK, maskedText } from './personal-text.ts'

it.each([
  'ann@example.org',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
  'GB82WEST12345698765432',
  '+49 30 901820',
  '(212) 555-0187',
  '078-05-1120',
  '192.168.0.17',
])('%s is personal', (text) => {
  expect(isPersonalText(text)).toBe(true)
  expect(maskedText(`from ${text}, yesterday`)).toBe(`from ${MASK}, yesterday`)
})

it.each([
  '',
  'paid',
  '12345',
  '2024-01-31',
  '2024-01-31T10:00:00Z',
  '4111 1111 1111 1112',
  '1.2.3',
  '300.1.1.1',
  '12.5',
  '1234567890123',
])('%j is not', (text) => {
  expect(isPersonalText(text)).toBe(false)
  expect(maskedText(text)).toBe(text)
})

it('takes no longer than the text is long', () => {
  const begin = performance.now()
  for (const part of ['a', '1', '1 ', 'a.', '+', 'A1', '@', 'a@'])
    expect(maskedText(part.repeat(200_000)).length).toBeGreaterThan(1)
  expect(performance.now() - begin).toBeLessThan(3000)
})

it('goes by names of columns, too', () => {
  expect(['customerEmail', 'date_of_birth', 'E-Mail', 'first name', 'phone_number'].map(isPersonalName)).toEqual(
    Array.from({ length: 5 }, () => true),
  )
  expect(['amount', 'name', 'status', 'description', 'shipped_at'].some(isPersonalName)).toBe(false)
})

const validationOf = (
  kwargs: Record<string, unknown>,
  result: ExpectationFindings,
  type = 'expectX',
): ValidationResult => ({
  suite: 's',
  source: 's.csv',
  engine: 'memory',
  startedAt: 0,
  durationMs: 0,
  rows: 3,
  success: false,
  statistics: { evaluated: 1, successful: 0, unsuccessful: 1, successPercent: 0 },
  results: [{ expectation: { type, kwargs }, severity: 'critical', success: false, result }],
})
const masked = (...args: Parameters<typeof validationOf>): ExpectationFindings | undefined =>
  maskedValidation(validationOf(...args)).results[0]?.result

it('masks every listed value of a personal column, and keeps the counts', () => {
  expect(
    masked(
      { column: 'contact', regex: '^x' },
      {
        elementCount: 3,
        unexpectedCount: 2,
        unexpectedPercent: 66.7,
        partialUnexpectedList: ['ann@example.org', 'Bob Smith'],
        partialUnexpectedCounts: [{ value: 'ann@example.org', count: 2 }],
        partialUnexpectedIndexList: [{ contact: 'Bob Smith', id: 7, note: 'call +49 30 901820' }],
        unexpectedIndexQuery: `SELECT "id" FROM data WHERE "contact" IN ('Bob ''B'' Smith')`,
      },
    ),
  ).toEqual({
    elementCount: 3,
    unexpectedCount: 2,
    unexpectedPercent: 66.7,
    partialUnexpectedList: [MASK, MASK],
    partialUnexpectedCounts: [{ value: MASK, count: 2 }],
    partialUnexpectedIndexList: [{ contact: MASK, id: 7, note: `call ${MASK}` }],
    unexpectedIndexQuery: `SELECT "id" FROM data WHERE "contact" IN ('${MASK}')`,
  })
})

it('masks what was observed of a personal column, but for counts', () => {
  expect(masked({ column: 'phone' }, { observedValue: 49_301_234_567 }, 'expectColumnMaxToBeBetween')).toEqual({
    observedValue: MASK,
  })
  expect(masked({ column: 'phone' }, { observedValue: 12 }, 'expectColumnUniqueValueCountToBeBetween')).toEqual({
    observedValue: 12,
  })
  expect(
    masked(
      { column: 'email' },
      { observedValue: ['a b'], details: { valueCounts: [{ value: 'a b', count: 1 }], different: 1 } },
    ),
  ).toEqual({ observedValue: [MASK], details: { valueCounts: [{ value: MASK, count: 1 }], different: 1 } })
})

it('leaves other columns as they are', () => {
  const result = { unexpectedCount: 1, partialUnexpectedList: ['opne', 3, null], observedValue: 'x' }
  expect(masked({ column: 'status' }, result)).toEqual(result)
  expect([...personalColumns(validationOf({ column: 'status' }, result))]).toEqual([])
})
