import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseSuite } from '@nomaly/data-quality/node'
import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const SOURCES = {
  'great-expectations': write(
    'gx.json',
    JSON.stringify({
      name: 'orders',
      expectations: [
        { type: 'expect_column_values_to_be_unique', kwargs: { column: 'id', batch_id: 'x' } },
        { type: 'expect_column_values_to_be_odd', kwargs: { column: 'id' } },
      ],
    }),
  ),
  dbt: write('schema.yml', 'models:\n  - name: orders\n    columns: [{ name: id, tests: [unique, odd] }]\n'),
  odcs: write(
    'contract.yaml',
    'kind: DataContract\napiVersion: v3.1.0\nschema:\n  - name: orders\n    properties:\n' +
      '      - { name: id, unique: true, quality: [{ type: text, description: odd }] }\n',
  ),
  'json-schema': write(
    'row.schema.json',
    JSON.stringify({ title: 'orders', properties: { id: { type: 'integer', multipleOf: 3 } } }),
  ),
}
const orders = write('orders.csv', 'id\n1\n3\n')

describe('nomaly suite', () => {
  it.each(Object.entries(SOURCES))(
    'makes a suite from %s that check runs, and tells what is left out',
    async (from, path) => {
      const made = join(folder, `${from}.yml`)
      const { code, stdout, stderr } = await nomaly(['suite', 'import', path, '-o', made])
      expect([code, stdout]).toEqual([4, ''])
      expect(stderr).toMatch(/left out: \w+\.\S+: /)
      expect(stderr).toMatch(new RegExp(`orders: \\d expectations? from ${from}\\n$`))
      const checked = await nomaly(['check', orders, '--suite', made, '--fail-on', 'info'])
      expect(checked.code).toBe(0)
    },
  )

  it('prints YAML, and JSON where the file is called so', async () => {
    const { stdout } = await nomaly([
      'suite',
      'import',
      SOURCES.odcs,
      '--from',
      'odcs',
      '--table',
      'orders',
      '--no-types',
    ])
    expect(parseSuite(stdout).name).toBe('orders')
    const made = join(folder, 'suite.json')
    await nomaly(['suite', 'import', SOURCES.dbt, '-o', made])
    expect(JSON.parse(readFileSync(made, 'utf8'))).toMatchObject({ name: 'orders' })
  })

  it('exports a contract that is read back whole, and a schema that says what it cannot', async () => {
    const suite = write(
      'suite.yml',
      'name: s\nexpectations:\n  - { type: expectColumnValuesToBeUnique, kwargs: { column: id } }\n' +
        '  - { type: expectColumnValuesToNotBeNull, kwargs: { column: id } }\n',
    )
    const contract = join(folder, 'made.yaml')
    expect((await nomaly(['suite', 'export', suite, '--to', 'odcs', '-o', contract])).code).toBe(0)
    const back = await nomaly(['suite', 'import', contract])
    expect(back.code).toBe(0)
    expect(
      parseSuite(back.stdout)
        .expectations.map(({ type }) => type)
        .slice(1)
        .sort(),
    ).toEqual(['expectColumnValuesToBeUnique', 'expectColumnValuesToNotBeNull'])
    const schema = await nomaly(['suite', 'export', suite, '--to', 'json-schema'])
    expect(JSON.parse(schema.stdout)).toMatchObject({ properties: { id: {} }, required: ['id'] })
    expect(schema.code).toBe(4)
    expect(schema.stderr).toMatch(/left out: expectations\.0: expectColumnValuesToBeUnique/)
  })

  it.each(Object.entries(SOURCES).slice(0, 3))('is told of by check, of %s', async (_, path) => {
    const { code, stderr } = await nomaly(['check', orders, '--suite', path])
    expect(stderr).toMatch(/looks like .*`nomaly suite import /)
    expect(code).toBe(2)
  })

  it.each([
    [['import', 'none.yml'], /none\.yml: no such file/],
    [['import', orders], /orders\.csv: /],
    [['import', SOURCES.dbt, '--table', 'order'], /it has orders/],
    [['import', SOURCES.dbt, '--from', 'odcs'], /no contract/],
    [['import', SOURCES.dbt, '--from', 'soda'], /great-expectations, dbt, odcs, json-schema/],
    [['export', SOURCES.dbt, '--to', 'odcs'], /schema\.yml: /],
    [['export', SOURCES.dbt], /--to/],
  ])('ends %j with 2 and says why', async (args, message) => {
    const { code, stdout, stderr } = await nomaly(['suite', ...args])
    expect(stdout).toBe('')
    expect(linesOf(stderr)).toEqual([expect.stringMatching(message)])
    expect(code).toBe(2)
  })
})
