import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { type Schema } from 'ajv'
import addFormats from 'ajv-formats'
import { Ajv2019 } from 'ajv/dist/2019.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Expectation, Suite } from '../../../domain/expectation.ts'
import { parseDocumentText } from '../../../infrastructure/suites/document-text.ts'
import { parseSuiteData } from '../suite-document.ts'
import { fromOdcs } from './from-odcs.ts'
import { toOdcs } from './to-odcs.ts'

const reference = join(
  process.env['NOMALY_REFERENCE'] ?? resolve(import.meta.dirname, '../../../../../../../../shared'),
  'reference/odcs',
)
const isThere = existsSync(reference)
const note = isThere ? '' : ' (left out: no reference data; set NOMALY_REFERENCE)'

const contract = (table: object, more: object = {}): object => ({
  kind: 'DataContract',
  apiVersion: 'v3.1.0',
  id: 'c',
  version: '2.0.0',
  status: 'active',
  schema: [{ name: 'orders', ...table }],
  ...more,
})
const rulesOf = (quality: ReadonlyArray<object>): ReadonlyArray<unknown> =>
  fromOdcs(contract({ properties: [{ name: 'a', quality }] })).suite.expectations.slice(1)

it('makes expectations of columns, keys, options and relationships', () => {
  const { suite, untranslated } = fromOdcs(
    contract(
      {
        properties: [
          { name: 'order id', physicalName: 'id', logicalType: 'integer', primaryKey: true },
          {
            name: 'at',
            logicalType: 'timestamp',
            logicalTypeOptions: { minimum: '2020-01-01 00:00:00+10:00', timezone: true },
          },
          { name: 'code', logicalType: 'string', unique: true, logicalTypeOptions: { pattern: '^A', maxLength: 3 } },
          { name: 'customer', required: true, relationships: [{ to: 'customers.key' }] },
          { name: 'lines', logicalType: 'array', items: { logicalType: 'string' } },
        ],
      },
      {
        slaProperties: [
          { property: 'latency', value: 2, unit: 'd', element: 'orders.at' },
          { property: 'retention', value: 3 },
        ],
      },
    ),
  )
  expect(suite).toEqual({
    name: 'orders',
    meta: { contract: 'c', version: '2.0.0' },
    expectations: [
      {
        type: 'expectTableColumnsToMatchSet',
        kwargs: { columnSet: ['id', 'at', 'code', 'customer', 'lines'], exactMatch: false },
      },
      { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
      { type: 'expectColumnValuesToBeOfType', kwargs: { column: 'id', type: 'integer' } },
      { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'id' } },
      { type: 'expectColumnValuesToBeInTypeList', kwargs: { column: 'at', typeList: ['timestamp', 'date'] } },
      { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'at', minValue: '2020-01-01 00:00:00+10:00' } },
      { type: 'expectColumnValuesToBeOfType', kwargs: { column: 'code', type: 'text' } },
      { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'code' } },
      { type: 'expectColumnValueLengthsToBeBetween', kwargs: { column: 'code', maxValue: 3 } },
      { type: 'expectColumnValuesToMatchRegex', kwargs: { column: 'code', regex: '^A' } },
      { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'customer' } },
      {
        type: 'expectColumnValuesToExistInOtherTable',
        kwargs: { columnList: ['customer'], otherTable: 'customers', otherColumnList: ['key'] },
      },
      { type: 'expectColumnMaxToBeRecent', kwargs: { column: 'at', maxAgeSeconds: 172_800 } },
    ],
  })
  expect(untranslated.map(({ path, weakens }) => [path.slice(2).join('.'), weakens])).toEqual([
    ['properties.1.logicalTypeOptions.timezone', false],
    ['properties.4.logicalType', true],
    ['properties.4.items', true],
    ['', true],
  ])
})

it('makes expectations of quality rules, with counts and percentages', () => {
  expect(
    rulesOf([
      { metric: 'nullValues', mustBe: 0, severity: 'warning', dimension: 'completeness' },
      { metric: 'nullValues', mustBeLessOrEqualTo: 5, unit: 'percent' },
      { metric: 'nullValues', mustBeLessThan: 5 },
      { metric: 'missingValues', arguments: { missingValues: [null, '', 'n/a'] }, mustBeLessThan: 5 },
      { metric: 'invalidValues', arguments: { validValues: ['x', null] }, mustBe: 0, id: 'valid' },
      { metric: 'invalidValues', arguments: { pattern: '^x' }, mustBeBetween: [0, 1], unit: 'percent' },
      { metric: 'duplicateValues', mustBeLessThan: 1 },
      { type: 'sql', query: 'select count(*) from orders where ${column} < 0', mustBe: 0 },
      {
        type: 'custom',
        engine: 'great-expectations',
        implementation: { type: 'expect_column_max_to_be_between', kwargs: { column: 'a', max_value: 5 } },
      },
    ]),
  ).toEqual([
    {
      type: 'expectColumnValuesToNotBeNull',
      kwargs: { column: 'a' },
      severity: 'warning',
      meta: { dimension: 'completeness' },
    },
    { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'a', mostly: 0.95 } },
    {
      type: 'expectColumnAggregateToBeBetween',
      kwargs: { column: 'a', aggregate: 'nullCount', maxValue: 5, strictMax: true },
    },
    {
      type: 'expectTableRowCountToBeBetween',
      kwargs: {
        maxValue: 5,
        strictMax: true,
        rowCondition: {
          op: 'not',
          arg: {
            op: 'and',
            args: [
              { op: 'not', arg: { op: 'isNull', column: 'a' } },
              { op: 'not', arg: { op: 'in', column: 'a', values: ['', 'n/a'] } },
            ],
          },
        },
      },
    },
    { type: 'expectColumnValuesToBeInSet', kwargs: { column: 'a', valueSet: ['x'] }, id: 'valid' },
    { type: 'expectColumnValuesToMatchRegex', kwargs: { column: 'a', regex: '^x', mostly: 0.99 } },
    { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'a' } },
    {
      type: 'expectQueryValueToBeBetween',
      kwargs: { query: 'select count(*) from {table} where "a" < 0', minValue: 0, maxValue: 0 },
    },
    { type: 'expectColumnMaxToBeBetween', kwargs: { column: 'a', maxValue: 5 } },
  ])
})

it('tells rules that it cannot translate, and refuses what is no contract', () => {
  const quality = [
    { type: 'text', description: 'looks fine' },
    { type: 'custom', engine: 'soda', implementation: 'x' },
    { metric: 'nullValues', mustNotBe: 3 },
    { metric: 'freshness', mustBe: 0 },
    { metric: 'invalidValues', arguments: { validValues: [1] }, mustBeLessThan: 5, unit: 'percent' },
  ]
  const { suite, untranslated } = fromOdcs(contract({ properties: [{ name: 'a', quality }] }))
  expect(suite.expectations).toHaveLength(1)
  expect(untranslated.map(({ path }) => path)).toEqual(
    quality.map((_, i) => ['schema', 0, 'properties', 0, 'quality', i]),
  )
  for (const data of [null, { kind: 'DataContract', apiVersion: 'v2.2.2' }, { kind: 'x' }])
    expect(() => fromOdcs(data)).toThrow(/no contract/)
  const two = { kind: 'DataContract', apiVersion: 'v3.1.0', schema: [{ name: 'a' }, { name: 'b' }] }
  expect(() => fromOdcs(two)).toThrow(/name one; it has a, b/)
  expect(() => fromOdcs(two, { table: 'c' })).toThrow(/"c"/)
  expect(fromOdcs(two, { table: 'b' }).suite.name).toBe('b')
})

const foreignKey = (kwargs: Expectation['kwargs']): Expectation => ({
  type: 'expectColumnValuesToExistInOtherTable',
  kwargs,
})
const column = fc.constantFrom('a', 'b b')
const mostly = fc.constantFrom({}, { mostly: 0.95 }, { mostly: 1 / 3 })
const expectation: fc.Arbitrary<Expectation> = fc
  .tuple(
    fc.oneof(
      fc.record({
        type: fc.constant('expectColumnValuesToNotBeNull'),
        kwargs: fc.tuple(column, mostly).map(([a, b]) => ({ column: a, ...b })),
      }),
      fc.record({
        type: fc.constant('expectColumnValuesToBeUnique'),
        kwargs: fc.tuple(column, mostly).map(([a, b]) => ({ column: a, ...b })),
      }),
      fc.record({
        type: fc.constant('expectColumnValuesToBeInSet'),
        kwargs: fc.tuple(column, mostly).map(([a, b]) => ({ column: a, valueSet: ['x', 1], ...b })),
      }),
      fc.record({
        type: fc.constant('expectColumnValuesToMatchRegex'),
        kwargs: fc.tuple(column, mostly).map(([a, b]) => ({ column: a, regex: '^x', ...b })),
      }),
      fc.record({
        type: fc.constant('expectColumnValuesToBeBetween'),
        kwargs: column.map((a) => ({ column: a, minValue: 1, strictMin: true })),
      }),
      fc.record({
        type: fc.constant('expectColumnValueLengthsToBeBetween'),
        kwargs: column.map((a) => ({ column: a, maxValue: 5 })),
      }),
      fc.record({
        type: fc.constant('expectColumnValuesToBeOfType'),
        kwargs: fc
          .tuple(column, fc.constantFrom('text', 'integer', 'boolean', 'VARCHAR(9)', 'timestamp'))
          .map(([a, type]) => ({ column: a, type })),
      }),
      fc.constantFrom(
        { type: 'expectTableRowCountToBeBetween', kwargs: { minValue: 1 } },
        { type: 'expectTableRowCountToBeBetween', kwargs: { minValue: 1, maxValue: 1 } },
        { type: 'expectCompoundColumnsToBeUnique', kwargs: { columnList: ['a', 'b b'] } },
        { type: 'expectRowsToSatisfy', kwargs: { condition: 'a > 1' } },
        foreignKey({ columnList: ['a'], otherTable: 'other', otherColumnList: ['id'] }),
        foreignKey({ columnList: ['a', 'c'], otherTable: 'other', otherColumnList: ['id', 'c'] }),
        foreignKey({ columnList: ['b b'], otherTable: 'other', otherColumnList: ['id'], mostly: 0.9 }),
      ),
    ),
    fc.constantFrom({}, {}, { severity: 'warning' as const }, { meta: { owner: 'me' } }, { id: 'one-1' }),
  )
  .map(([one, more]) => ({ ...one, ...more }))

// Which engine words there are for a kind is not in the standard: those come back as kinds.
const told = ({ expectations }: Suite): ReadonlyArray<string> =>
  expectations
    .filter(({ type }) => type !== 'expectTableColumnsToMatchSet')
    .map((one) => JSON.stringify(one).replace('VARCHAR(9)', 'text'))
    .sort((a, b) => (a < b ? -1 : 1))

it('reads back every suite that it writes', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(expectation, { maxLength: 8, selector: (one) => JSON.stringify(one) }),
      (expectations) => {
        const suite = { name: 's', expectations }
        const { document, untranslated } = toOdcs(suite)
        expect(untranslated).toEqual([])
        const back = fromOdcs(JSON.parse(JSON.stringify(document)))
        expect(back.untranslated).toEqual([])
        expect(told(back.suite)).toEqual(told(suite))
      },
    ),
    { numRuns: 200 },
  )
})

describe.skipIf(!isThere)(`the standard's own schema and examples${note}`, () => {
  it('holds contracts that suites were made into', () => {
    const ajv = addFormats.default(new Ajv2019({ strict: false }))
    const schema: Schema = JSON.parse(readFileSync(join(reference, 'odcs-json-schema-v3.1.0.json'), 'utf8'))
    const isValid = ajv.compile(schema)
    fc.assert(
      fc.property(fc.array(expectation, { maxLength: 8 }), (expectations) => {
        const { document } = toOdcs({ name: 's', expectations, meta: { owner: 'me' } })
        expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('reads each example, or says why not', () => {
    const folder = join(reference, 'examples')
    const read = Object.fromEntries(
      readdirSync(folder).map((name) => {
        const data = parseDocumentText(readFileSync(join(folder, name), 'utf8'))
        if (name.startsWith('database-table-sla')) {
          expect(() => fromOdcs(data)).toThrow(/no table/)
          return [name, 0]
        }
        const { suite, untranslated } = fromOdcs(data, name.startsWith('full') ? { table: 'tbl' } : {})
        expect(parseSuiteData(suite)).toEqual(suite)
        return [
          name.replace('.odcs.yaml', ''),
          [suite.expectations.length, untranslated.filter(({ weakens }) => weakens).length],
        ]
      }),
    )
    // Expectations, and what is left out so that less is expected: times of day, lists, objects; rules of Soda.
    expect(read).toEqual({
      'all-data-types': [15, 12],
      'column-accuracy': [3, 0],
      'column-completeness': [5, 0],
      'column-custom': [4, 2],
      'column-validity': [5, 0],
      'database-table-sla.odcs.yaml': 0,
      'full-example': [10, 0],
      'table-column': [2, 0],
    })
  })
})
