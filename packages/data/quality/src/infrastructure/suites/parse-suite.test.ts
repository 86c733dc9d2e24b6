import { readFileSync, writeFileSync } from 'node:fs'

import { expect, it } from 'vitest'
import { z } from 'zod'

import { parseSuiteData, suiteSchema } from '../../application/suites/suite-document.ts'
import { QualityError } from '../../domain/errors.ts'
import { parseSuite } from './parse-suite.ts'

const ORDERS = `# what orders promise
name: orders
expectations:
  - type: expectColumnValuesToBeUnique
    kwargs: { column: id }
  - type: expectColumnValuesToBeBetween
    kwargs:
      column: amount
      minValue: 0
      maxValue: 9007199254740993
      mostly: 0.9
      rowCondition: status = 'paid'
    severity: warning
    meta: { owner: sales }
`

function faultOf(read: () => unknown): QualityError {
  try {
    read()
  } catch (error) {
    if (QualityError.is(error)) return error
    throw error
  }
  throw new Error('was read')
}

it('reads YAML, and the same as JSON', () => {
  const suite = parseSuite(ORDERS)
  expect(suite).toEqual({
    name: 'orders',
    expectations: [
      { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
      {
        type: 'expectColumnValuesToBeBetween',
        kwargs: {
          column: 'amount',
          minValue: 0,
          maxValue: 9_007_199_254_740_993n,
          mostly: 0.9,
          rowCondition: "status = 'paid'",
        },
        severity: 'warning',
        meta: { owner: 'sales' },
      },
    ],
  })
  const text = JSON.stringify(suite, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value), 2)
  expect(parseSuite(text, { format: 'json' })).toMatchObject({
    name: 'orders',
    expectations: [{}, { severity: 'warning' }],
  })
})

it.each([
  [
    'ToBeUnique',
    'ToBeUniqe',
    /^line 4, column 5: there is no expectation "expectColumnValuesToBeUniqe"; did you mean expectColumnValuesToBeUnique\?$/,
  ],
  [
    'mostly',
    'mostley',
    /^line 11, column 7: expectColumnValuesToBeBetween: mostley: there is no such argument; did you mean mostly\?$/,
  ],
  ['mostly: 0.9', 'mostly: 90', /^line 11, column 7: expectColumnValuesToBeBetween: mostly: .*<=1/],
  ["= 'paid'", "== = 'paid'", /^line 12, column 7: expectColumnValuesToBeBetween: rowCondition: /],
  ['severity: warning', 'severity: bad', /^line 13, column 5: expectations\.1\.severity: /],
  ['severity', 'severty', /^line 13, column 5: .*"severty"; did you mean severity\?$/],
  ['name: orders', 'nam: orders', /^line 2, column 1: .*name: .* \(and 1 more\)$/],
  ['{ column: id }', '{ column: id', /^line \d+, column \d+: /],
  ['name: orders', 'name: a\nname: b', /^line 3, column 1: Map keys must be unique/],
  ['column: amount', 'column: a\n      column: b', /^line 9, column 7: Map keys must be unique/],
])('tells where %j is wrong as %j', (right, wrong, message) => {
  const fault = faultOf(() => parseSuite(ORDERS.replace(right, wrong)))
  expect(fault.code).toBe('quality/invalid-suite')
  expect(fault.message).toMatch(message)
})

it('tells every fault of a suite, and refuses what grows without limit or is no suite', () => {
  const fault = faultOf(() => parseSuite(ORDERS.replace('ToBeUnique', 'ToBeUniqe').replace('mostly', 'mostley')))
  expect(fault.details['issues']).toMatchObject([
    { path: ['expectations', 0, 'type'], line: 4, column: 5, nearest: 'expectColumnValuesToBeUnique' },
    { path: ['expectations', 1, 'kwargs', 'mostley'], line: 11, column: 7, nearest: 'mostly' },
  ])
  const bomb = ['a: &a [x]', ...Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [${'*a,'.repeat(30)}]`)].join('\n')
  for (const text of ['', '[]', 'orders', bomb])
    expect(faultOf(() => parseSuite(text)).code).toBe('quality/invalid-suite')
  expect(faultOf(() => parseSuite('name: x\nexpectations: []', { format: 'json' })).code).toBe('quality/invalid-suite')
  expect(faultOf(() => parseSuiteData({ name: 'x' })).message).toMatch(/^expectations: /)
})

// `NOMALY_UPDATE=1 npx -y pnpm@12 exec vitest run parse-suite` writes it anew.
it('is described by docs/suite.schema.json, which tells right from wrong as the reader does', () => {
  const path = new URL('../../../../../../docs/suite.schema.json', import.meta.url)
  const text = `${JSON.stringify(suiteSchema(), null, 2)}\n`
  if (process.env['NOMALY_UPDATE'] === '1') writeFileSync(path, text)
  const published: z.core.JSONSchema.JSONSchema = JSON.parse(readFileSync(path, 'utf8'))
  expect(published).toEqual(JSON.parse(text))
  const schema = z.fromJSONSchema(published)
  const suite = (kwargs: object, type = 'expectColumnValuesToBeBetween'): unknown => ({
    name: 's',
    expectations: [{ type, kwargs }],
  })
  expect(schema.safeParse(suite({ column: 'a', minValue: 1, rowCondition: { op: 'true' } })).success).toBe(true)
  for (const wrong of [
    suite({ column: 'a', mostly: 2 }),
    suite({ colum: 'a' }),
    suite({ column: 'a' }, 'expectMore'),
    {},
  ])
    expect(schema.safeParse(wrong).success).toBe(false)
})
