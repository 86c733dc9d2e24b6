import { expect, it } from 'vitest'
import { z } from 'zod'

import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import { describeExpectations } from '../catalogue/catalogue.ts'
import { validate } from '../validate.ts'
import { suite } from './suite-builder.ts'
import { parseSuiteData } from './suite-document.ts'

const order = z.object({ id: z.int(), amount: z.number(), status: z.enum(['paid', 'open']) })

it('builds plain suites, each step a new one', async () => {
  const begun = suite('orders', order).expectColumnValuesToBeUnique({ column: 'id' })
  const whole = begun
    .expectColumnValuesToBeBetween({ column: 'amount', minValue: 0, mostly: undefined }, { severity: 'warning' })
    .expectTableRowCountToEqual({ value: 2 }, { id: 'rows' })
  const data = {
    name: 'orders',
    expectations: [
      { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
      { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', minValue: 0 }, severity: 'warning' },
      { type: 'expectTableRowCountToEqual', kwargs: { value: 2 }, id: 'rows' },
    ],
  }
  expect(begun.expectations).toHaveLength(1)
  expect(JSON.parse(JSON.stringify(whole))).toEqual(data)
  expect(Object.keys(whole)).toEqual(['name', 'expectations'])
  expect(parseSuiteData(whole)).toEqual(data)
  const table = recordsTable([
    { id: 1, amount: 5 },
    { id: 2, amount: -1 },
  ])
  const { results } = await validate(whole, memoryEngine(table))
  expect(results.map(({ success }) => success)).toEqual([true, false, true])
})

it('has a method for every expectation', () => {
  const empty: object = suite('s')
  for (const { type } of describeExpectations()) expect(Reflect.get(empty, type)).toBeTypeOf('function')
})

it('knows columns and arguments at compile time', () => {
  const typed = suite('orders', order)
  // @ts-expect-error no such column
  typed.expectColumnValuesToBeUnique({ column: 'idd' })
  suite<{ readonly id: number }>('orders').expectColumnMaxToBeBetween({ column: 'id', maxValue: 9n })
  // @ts-expect-error no such column
  suite<{ readonly id: number }>('orders').expectCompoundColumnsToBeUnique({ columnList: ['id', 'at'] })
  // @ts-expect-error the set is missing
  expect(() => typed.expectColumnValuesToBeInSet({ column: 'status' })).toThrow(/valueSet/)
  // @ts-expect-error no such argument
  expect(() => suite('s').expectColumnValuesToBeUnique({ column: 'a', most: 0.9 })).toThrow(/did you mean mostly/)
  expect(() => suite('s').expectColumnValuesToBeUnique({ column: 'a', rowCondition: 'b = = 1' })).toThrow()
  expect(() => suite('s').expectColumnValuesToBeUnique({ column: 'a', mostly: 2 })).toThrow(/mostly/)
})
