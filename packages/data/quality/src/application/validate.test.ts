import { expect, it } from 'vitest'

import { memoryEngine } from '../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../infrastructure/memory/records-table.ts'
import { describeExpectations } from './catalogue/catalogue.ts'
import { validate } from './validate.ts'

const rows = [
  { id: 1, amount: 5, status: 'paid', note: null, day: '2024-01-31' },
  { id: 2, amount: -1, status: 'paid', note: 'x', day: '2024-02-30' },
  { id: 3, amount: null, status: 'open', note: null, day: '2024-03-01' },
  { id: 3, amount: 20, status: 'opne', note: 'y', day: '2024-04-01' },
]
const engine = memoryEngine(recordsTable(rows))

async function one(type: string, kwargs: Record<string, unknown>, options = {}): Promise<unknown> {
  const { results } = await validate({ name: 's', expectations: [{ type, kwargs }] }, engine, options)
  return results[0]
}

it('counts, lists and judges values as Great Expectations does', async () => {
  // Of 3 values that are there, -1 and 20 lie outside: 2 / 3 are unexpected.
  const result = await one(
    'expectColumnValuesToBeBetween',
    { column: 'amount', minValue: 0, maxValue: 10, mostly: 0.3 },
    { resultFormat: 'COMPLETE', keyColumns: ['id'] },
  )
  expect(result).toMatchObject({
    success: true,
    result: {
      elementCount: 4,
      missingCount: 1,
      missingPercent: 25,
      unexpectedCount: 2,
      unexpectedPercent: (2 / 3) * 100,
      unexpectedPercentTotal: 50,
      partialUnexpectedList: [-1, 20],
      unexpectedList: [-1, 20],
      partialUnexpectedCounts: [
        { value: -1, count: 1 },
        { value: 20, count: 1 },
      ],
      unexpectedIndexList: [
        { amount: -1, id: 2 },
        { amount: 20, id: 3 },
      ],
    },
  })
})

it('judges only rows of the condition', async () => {
  const kwargs = { column: 'amount', minValue: 0, rowCondition: "status = 'paid' and not (note is null)" }
  expect(await one('expectColumnValuesToBeBetween', kwargs)).toMatchObject({
    result: { elementCount: 1, unexpectedCount: 1 },
  })
})

it('finds duplicates, and dates that do not exist', async () => {
  expect(await one('expectColumnValuesToBeUnique', { column: 'id' })).toMatchObject({
    success: false,
    result: { unexpectedCount: 2, partialUnexpectedList: [3, 3] },
  })
  expect(
    await one('expectColumnValuesToMatchStrftimeFormat', { column: 'day', strftimeFormat: '%Y-%m-%d' }),
  ).toMatchObject({
    result: { unexpectedCount: 1, partialUnexpectedList: ['2024-02-30'] },
  })
})

it('reports what cannot be evaluated with the place and the nearest name, and judges the rest', async () => {
  const { results, statistics } = await validate(
    {
      name: 's',
      expectations: [
        { type: 'expectColumnValuesToBeUniqe', kwargs: { column: 'id' } },
        { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'idd' } },
        { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id', mostley: 1 } },
        { type: 'expectColumnValuesToMatchRegex', kwargs: { column: 'status', regex: '(a+)+(?=b)' } },
        { type: 'expectTableRowCountToEqual', kwargs: { value: 4 } },
      ],
    },
    engine,
  )
  expect(results.map(({ exception }) => exception?.code)).toEqual([
    'quality/unknown-expectation',
    'quality/unknown-column',
    'quality/invalid-arguments',
    'quality/invalid-pattern',
    undefined,
  ])
  expect(results[0]?.exception?.message).toContain('expectColumnValuesToBeUnique')
  expect(statistics).toEqual({ evaluated: 5, successful: 1, unsuccessful: 4, successPercent: 20 })
})

it('describes every expectation by a JSON Schema of its arguments', () => {
  const described = describeExpectations()
  expect(described.filter(({ fromGreatExpectations }) => fromGreatExpectations).length).toBeGreaterThanOrEqual(54)
  for (const { arguments: schema } of described)
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
})
