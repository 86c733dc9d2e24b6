import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'

import { memoryEngine } from '../../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../../infrastructure/memory/records-table.ts'
import { validate } from '../../validate.ts'
import { suite } from '../suite-builder.ts'
import { parseSuiteData } from '../suite-document.ts'
import { fromJsonSchema } from './from-json-schema.ts'
import { fromZod } from './from-zod.ts'
import { toJsonSchema } from './to-json-schema.ts'
import { toZod } from './to-zod.ts'

const kwargsOf = (schema: object, options = {}): ReadonlyArray<unknown> =>
  fromJsonSchema(schema, options).suite.expectations.map(({ type, kwargs }) => [
    type.replace(/^expect(Column|Table)?/, ''),
    kwargs,
  ])

it('makes expectations of the rules of properties', () => {
  const { suite: made, untranslated } = fromJsonSchema({
    title: 'orders',
    type: 'object',
    additionalProperties: false,
    required: ['id', 'status'],
    properties: {
      id: { type: 'integer', minimum: 1, exclusiveMinimum: 0 },
      amount: { type: ['number', 'null'], exclusiveMaximum: 1e6, multipleOf: 0.01 },
      status: { enum: ['paid', 'open', null] },
      note: { type: 'string', minLength: 2, maxLength: 9, pattern: '^[a-z]', not: { const: 'xx' } },
      at: { type: 'string', format: 'date-time' },
      tags: { type: 'array', items: { type: 'string' } },
    },
    dependentRequired: { amount: ['status'] },
  })
  expect(made).toEqual({
    name: 'orders',
    expectations: [
      {
        type: 'expectTableColumnsToMatchSet',
        kwargs: { columnSet: ['id', 'amount', 'status', 'note', 'at', 'tags'], exactMatch: true },
      },
      { type: 'expectColumnValuesToBeOfType', kwargs: { column: 'id', type: 'integer' } },
      { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'id' } },
      { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'id', minValue: 1 } },
      {
        type: 'expectColumnValuesToBeInTypeList',
        kwargs: { column: 'amount', typeList: ['integer', 'decimal', 'float'] },
      },
      { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', maxValue: 1e6, strictMax: true } },
      { type: 'expectColumnValuesToBeInSet', kwargs: { column: 'status', valueSet: ['paid', 'open'] } },
      { type: 'expectColumnValuesToBeOfType', kwargs: { column: 'note', type: 'text' } },
      { type: 'expectColumnValueLengthsToBeBetween', kwargs: { column: 'note', minValue: 2, maxValue: 9 } },
      { type: 'expectColumnValuesToMatchRegex', kwargs: { column: 'note', regex: '^[a-z]' } },
      { type: 'expectColumnValuesToNotBeInSet', kwargs: { column: 'note', valueSet: ['xx'] } },
      {
        type: 'expectColumnValuesToBeInTypeList',
        kwargs: { column: 'at', typeList: ['timestamp', 'date', 'text'] },
      },
    ],
  })
  expect(parseSuiteData(made)).toEqual(made)
  expect(untranslated.map(({ path }) => path.join('.'))).toEqual([
    'properties.amount.multipleOf',
    'properties.at.format',
    'properties.tags',
    'properties.tags.items',
    'dependentRequired',
  ])
})

it('follows references, allOf and alternatives; circles and dead ends are told', () => {
  const schema = {
    $ref: '#/$defs/row',
    $defs: {
      row: {
        required: ['a', 'b', 'c', 'd'],
        properties: {
          a: { allOf: [{ type: 'number' }, { $ref: '#/$defs/whole' }], maximum: 9 },
          b: { anyOf: [{ type: 'string', minLength: 1 }, { type: 'null' }] },
          c: { oneOf: [{ const: 1 }, { enum: [2, 3] }] },
          d: { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
          e: { anyOf: [{ minimum: 1 }, { maximum: -1 }] },
          f: { $ref: '#/$defs/round' },
          g: { $ref: '#/$defs/nowhere' },
        },
      },
      whole: { type: 'integer', minimum: 0 },
      round: { allOf: [{ $ref: '#/$defs/round' }] },
    },
  }
  expect(kwargsOf(schema).slice(1)).toEqual([
    ['ValuesToBeOfType', { column: 'a', type: 'integer' }],
    ['ValuesToNotBeNull', { column: 'a' }],
    ['ValuesToBeBetween', { column: 'a', maxValue: 9 }],
    ['ValuesToBeBetween', { column: 'a', minValue: 0 }],
    ['ValuesToBeOfType', { column: 'b', type: 'text' }],
    ['ValueLengthsToBeBetween', { column: 'b', minValue: 1 }],
    ['ValuesToNotBeNull', { column: 'c' }],
    ['ValuesToBeInSet', { column: 'c', valueSet: [1, 2, 3] }],
    ['ValuesToBeInTypeList', { column: 'd', typeList: ['text', 'boolean'] }],
    ['ValuesToNotBeNull', { column: 'd' }],
  ])
  expect(fromJsonSchema(schema).untranslated).toMatchObject([
    { path: ['properties', 'e', 'anyOf'] },
    { path: ['properties', 'f', 'allOf', 0, '$ref'], reason: expect.stringMatching(/circle/) as unknown },
    { path: ['properties', 'g', '$ref'], reason: expect.stringMatching(/nowhere/) as unknown },
  ])
})

it('reads arrays of rows, and zod schemas', () => {
  const rows = { type: 'array', minItems: 1, uniqueItems: true, items: { properties: { a: {} } } }
  expect(kwargsOf(rows)).toEqual([
    ['RowCountToBeBetween', { minValue: 1 }],
    ['ColumnsToMatchSet', { columnSet: ['a'], exactMatch: false }],
    ['expectCompoundColumnsToBeUnique', { columnList: ['a'], ignoreRowIf: 'never' }].map((part) =>
      typeof part === 'string' ? part.replace('expect', '') : part,
    ),
  ])
  const row = z.object({
    id: z.int(),
    when: z.date(),
    size: z.number().positive().optional(),
    kind: z.enum(['x', 'y']),
  })
  const { suite: made, untranslated } = fromZod(row, { name: 'things' })
  expect(made.expectations.map(({ type, kwargs }) => [type, kwargs['column']])).toEqual([
    ['expectTableColumnsToMatchSet', undefined],
    ['expectColumnValuesToBeOfType', 'id'],
    ['expectColumnValuesToNotBeNull', 'id'],
    ['expectColumnValuesToBeInTypeList', 'when'],
    ['expectColumnValuesToNotBeNull', 'when'],
    ['expectColumnValuesToBeInTypeList', 'size'],
    ['expectColumnValuesToBeBetween', 'size'],
    ['expectColumnValuesToBeOfType', 'kind'],
    ['expectColumnValuesToNotBeNull', 'kind'],
    ['expectColumnValuesToBeInSet', 'kind'],
  ])
  expect(untranslated.map(({ path }) => path.join('.'))).toEqual(['properties.when.format'])
})

it('refuses what describes no rows', () => {
  for (const data of [null, [], 'x', {}, { type: 'string' }, { type: 'array', items: { type: 'string' } }])
    expect(() => fromJsonSchema(data)).toThrow(/no JSON Schema of rows/)
})

it('writes the schema that a suite is, and tells what no schema says', () => {
  const written = suite('orders')
    .expectTableColumnsToMatchSet({ columnSet: ['id', 'amount'] })
    .expectColumnValuesToBeOfType({ column: 'id', type: 'BIGINT' })
    .expectColumnValuesToNotBeNull({ column: 'id' })
    .expectColumnValuesToBeUnique({ column: 'id' })
    .expectColumnValuesToBeBetween({ column: 'amount', minValue: 0, strictMin: true })
    .expectColumnValuesToBeBetween({ column: 'amount', minValue: 1, mostly: 0.9 })
    .expectColumnValuesToBeInSet({ column: 'amount', valueSet: [1, 2] }, { severity: 'warning' })
    .expectColumnValuesToMatchRegexList({ column: 'name', regexList: ['a', 'b'] })
  const { document, untranslated } = toJsonSchema(written)
  expect(document).toMatchObject({
    properties: {
      id: { type: 'integer' },
      amount: { type: ['number', 'null'], exclusiveMinimum: 0 },
      name: { anyOf: [{ pattern: 'a' }, { pattern: 'b' }] },
    },
    required: ['id'],
    additionalProperties: false,
  })
  expect(untranslated.map(({ path }) => path[1])).toEqual([3, 5, 6])
  const { schema } = toZod(written)
  expect(schema.safeParse({ id: 1, amount: 2, name: 'b' }).success).toBe(true)
  expect(schema.safeParse({ id: 1, amount: 0 }).success).toBe(false)
})

const property = fc.oneof(
  fc.record({
    type: fc.constantFrom('integer', 'number'),
    minimum: fc.integer({ min: -3, max: 1 }),
    exclusiveMaximum: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    type: fc.constantFrom('string', ['string', 'null']),
    minLength: fc.nat(2),
    maxLength: fc.integer({ min: 2, max: 4 }),
    pattern: fc.constantFrom('^[ab]', 'b$', '.'),
  }),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom('a', 'ab', 1, 2, true, null), { minLength: 1 }) }),
)
const value = fc.oneof(
  fc.constantFrom(null, true, 'a', 'ab', 'bba', 'abbab', '', '𝄞a', 1.5),
  fc.integer({ min: -4, max: 5 }),
)

it('judges a row as the schema does, there and back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ a: property, b: property }), value, value, async (properties, a, b) => {
      const schema: Readonly<Record<string, unknown>> = { type: 'object', properties, required: ['a', 'b'] }
      const row = { a, b }
      const expected = z.fromJSONSchema(schema).safeParse(row).success
      const { suite: made, untranslated } = fromJsonSchema(schema)
      expect(untranslated).toEqual([])
      // A value of another kind cannot even be compared: that is an exception, and not met.
      // A table of no value but null has no type of its own.
      const typeless = made.expectations.filter(
        ({ type, kwargs }) => !(/Type/.test(type) && row[kwargs['column'] as 'a'] === null),
      )
      const { results } = await validate({ ...made, expectations: typeless }, memoryEngine(recordsTable([row])))
      expect(results.every(({ success }) => success)).toBe(expected)
      const back = toJsonSchema(made)
      expect(back.untranslated).toEqual([])
      expect(z.fromJSONSchema(back.document).safeParse(row).success).toBe(expected)
      expect(fromJsonSchema(back.document).suite.expectations).toEqual(made.expectations)
    }),
    { numRuns: 200 },
  )
})
