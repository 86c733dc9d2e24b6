import fc from 'fast-check'
import { expect, it } from 'vitest'

import { QualityError } from '../../domain/errors.ts'
import { importSuite, type SuiteOrigin } from './import-suite.ts'
import { parseSuiteData } from './suite-document.ts'

const ORIGINS: ReadonlyArray<SuiteOrigin> = ['great-expectations', 'dbt', 'odcs', 'json-schema']
const WORDS =
  'type properties items allOf anyOf $ref enum const format pattern minimum not required models sources tables columns tests name ' +
  'unique relationships to field freshness where schema quality metric mustBe logicalType logicalTypeOptions arguments slaProperties ' +
  'expectations kwargs constructor __proto__ toString string #/properties nullValues customers.id {{x}}'
const word = fc.constantFrom(...WORDS.split(' '))
const { document } = fc.letrec((tie) => ({
  document: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(word, fc.constantFrom(null, true, 0, 1, -1.5, '', '[a', 'a(?=b)')),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.array(fc.tuple(word, tie('document')), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
  ),
}))
const members = fc.array(fc.tuple(word, document), { maxLength: 4 }).map((list) => Object.fromEntries(list))
const texts = fc.oneof(document, fc.record({ type: fc.constant('string'), pattern: document, minimum: document }))
// Whole enough to be read, with anything inside.
const documents: Readonly<Record<SuiteOrigin, fc.Arbitrary<unknown>>> = {
  'json-schema': fc.record({ title: word, properties: fc.record({ a: texts, constructor: texts }), $defs: document }),
  dbt: fc.tuple(fc.array(fc.oneof(document, testOf(document))), fc.array(document)).map(([columnTests, tests]) => ({
    models: [{ name: 'm', columns: [{ name: 'c', tests: columnTests }], constraints: [{ type: 'check' }], tests }],
  })),
  odcs: fc
    .tuple(word, members, fc.array(fc.oneof(members, ruleOf(document))))
    .map(([logicalType, options, quality]) => ({
      kind: 'DataContract',
      apiVersion: 'v3.1.0',
      schema: [{ name: 't', properties: [{ name: 'c', logicalType, logicalTypeOptions: options, quality }], quality }],
    })),
  'great-expectations': fc
    .tuple(fc.constantFrom('unique', 'be_in_set', 'be_between', 'match_regex'), members)
    .map(([name, kwargs]) => ({
      expectations: [{ type: `expect_column_values_to_${name}`, kwargs: { column: 'c', ...kwargs } }],
    })),
}

function testOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const name = fc.constantFrom(
    'unique',
    'accepted_values',
    'dbt_utils.accepted_range',
    'dbt_expectations.expect_column_values_to_be_in_set',
  )
  const given = fc.record({ values: value, where: value, value_set: value, min_value: value }, { requiredKeys: [] })
  return fc.tuple(name, given).map(([key, one]) => ({ [key]: one }))
}

function ruleOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  const metric = fc.constantFrom('nullValues', 'invalidValues', 'missingValues', 'duplicateValues', 'rowCount')
  const given = fc.record({ validValues: value, missingValues: value, properties: value }, { requiredKeys: [] })
  return fc.record({
    metric,
    mustBe: fc.constantFrom(0, 1, 5, 'x'),
    unit: fc.constantFrom('rows', 'percent'),
    arguments: given,
    severity: value,
  })
}

it('makes a valid suite of any document, or says what is wrong with it', () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom(...ORIGINS)
        .chain((from) =>
          fc.tuple(
            fc.constant(from),
            fc.oneof({ weight: 1, arbitrary: document }, { weight: 6, arbitrary: documents[from] }),
          ),
        ),
      ([from, data]) => {
        try {
          const { suite, untranslated } = importSuite(data, { from })
          expect(parseSuiteData(JSON.parse(JSON.stringify(suite)))).toEqual(suite)
          for (const { reason } of untranslated) expect(reason).not.toMatch(/\[object|"undefined"|: undefined/)
        } catch (error) {
          if (!QualityError.is(error)) throw error
          expect(error.code).toBe('quality/invalid-suite')
        }
      },
    ),
    { numRuns: 500 },
  )
})

it('is not led astray by schemas that grow without end', () => {
  const $defs = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [
      `d${i}`,
      { minimum: i, allOf: [0, 1].map(() => ({ $ref: `#/$defs/d${i + 1}` })) },
    ]),
  )
  const grown = importSuite({ properties: { a: { $ref: '#/$defs/d0' } }, $defs })
  expect(grown.untranslated).toContainEqual(
    expect.objectContaining({ reason: expect.stringMatching(/too many parts/) as unknown }),
  )
  let deep: object = { minimum: 1 }
  for (let i = 0; i < 20_000; i++) deep = { allOf: [deep] }
  expect(importSuite({ properties: { a: deep } }).untranslated).toMatchObject([
    { reason: expect.stringMatching(/too deep/) as unknown },
  ])
})

it('finds out what a document is, or says what it looked for', () => {
  expect(importSuite({ expectations: [] }).from).toBe('great-expectations')
  expect(importSuite({ properties: { a: {} } }).from).toBe('json-schema')
  expect(() => importSuite({ expectations: [{ type: 'expectColumnToExist', kwargs: {} }] })).toThrow(/suite already/)
  for (const data of [null, 1, [], {}]) expect(() => importSuite(data)).toThrow(/neither expectations, nor models/)
})
