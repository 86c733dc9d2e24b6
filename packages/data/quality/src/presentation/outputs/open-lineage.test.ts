import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import formats from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'

import { validate } from '../../application/validate.ts'
import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import { openLineageEvents } from './open-lineage.ts'

async function events(): Promise<ReturnType<typeof openLineageEvents>> {
  const rows = Array.from({ length: 20 }, (_, i) => ({ id: i, amount: i % 5 === 0 ? null : i - 3, state: 'ab'[i % 2] }))
  const validation = await validate(
    {
      name: 'orders & more',
      expectations: [
        { type: 'expectTableRowCountToEqual', kwargs: { value: 20 } },
        {
          type: 'expectColumnValuesToBeBetween',
          kwargs: { column: 'amount', minValue: 0, mostly: 0.9 },
          severity: 'warning',
        },
        { type: 'expectColumnMaxToBeBetween', kwargs: { column: 'amount', maxValue: 100 }, severity: 'info' },
        { type: 'expectColumnMeanToBeBetween', kwargs: { column: 'amount', rowCondition: 'id > 4', minValue: 1 } },
        { type: 'expectColumnUniqueValueCountToBeBetween', kwargs: { column: 'state', minValue: 2, maxValue: 2 } },
        { type: 'expectColumnMedianToBeBetween', kwargs: { column: 'id', minValue: 1n } },
        { type: 'expectCompoundColumnsToBeUnique', kwargs: { columnList: ['id', 'state'] }, id: 'key' },
        { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'nowhere' } },
      ],
    },
    memoryEngine(recordsTable(rows), 'orders.csv'),
    { now: () => 1_700_000_000_000 },
  )
  return openLineageEvents(validation, { runId: '01941c9e-7e2c-7b1a-8a4c-0242ac120002' })
}

it('tells what was expected, what was found and the numbers of the columns', async () => {
  const [start, complete] = await events()
  expect(start).toMatchObject({
    eventType: 'START',
    eventTime: '2023-11-14T22:13:20.000Z',
    job: { namespace: 'nomaly', name: 'check.orders & more' },
    inputs: [{ namespace: 'file', name: 'orders.csv' }],
  })
  expect(complete).toMatchObject({ eventType: 'COMPLETE' })
  const { dataQualityMetrics, dataQualityAssertions } = await facets()
  expect(dataQualityMetrics).toMatchObject({
    rowCount: 20,
    columnMetrics: {
      amount: { nullCount: 4, max: 16 },
      state: { distinctCount: 2 },
      id: { quantiles: { '0.5': 9.5 } },
    },
  })
  const assertions = dataQualityAssertions?.['assertions'] as ReadonlyArray<unknown> // a list: its length is looked at
  expect(assertions).toHaveLength(8)
  expect(assertions[1]).toMatchObject({
    assertion: 'expectColumnValuesToBeBetween',
    success: false,
    column: 'amount',
    severity: 'warn',
    actual: '2 unexpected (12.5 %)',
    params: { minValue: 0, mostly: 0.9 },
  })
  expect(assertions[6]).toMatchObject({ name: 'key', success: true, params: { columnList: ['id', 'state'] } })
  expect(assertions[6]).not.toHaveProperty('column')
  expect(assertions[7]).toMatchObject({ success: false, actual: expect.stringContaining('nowhere') as unknown })
})

interface Input {
  readonly inputFacets: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

// The facets are those of the one input of the event that ends the run.
async function facets(): Promise<Input['inputFacets']> {
  const [, complete] = await events()
  const plain = JSON.parse(JSON.stringify(complete)) as { readonly inputs: ReadonlyArray<Input> }
  return plain.inputs[0]?.inputFacets ?? {}
}

function schemaAt(path: string): object {
  return referenceJson(`openlineage/spec/${path}`) as object // JSON Schemas are objects
}

it.skipIf(!hasReferenceData)(`fits the schemas of OpenLineage${referenceNote}`, async () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  formats.default(ajv)
  ajv.addSchema(schemaAt('OpenLineage.json'))
  for (const name of ['DataQualityAssertionsDatasetFacet', 'DataQualityMetricsInputDatasetFacet'])
    ajv.addSchema(schemaAt(`facets/${name}.json`))
  const isEvent = ajv.getSchema('https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent')
  for (const event of await events()) {
    const plain: unknown = JSON.parse(JSON.stringify(event))
    expect(isEvent?.(plain), ajv.errorsText(isEvent?.errors)).toBe(true)
  }
  const found = Object.entries(await facets())
  expect(found).toHaveLength(2)
  for (const [name, facet] of found) {
    const isFacet = ajv.getSchema(String(facet['_schemaURL']).replace(/#.*/, ''))
    expect(isFacet?.({ [name]: facet }), ajv.errorsText(isFacet?.errors)).toBe(true)
    // That the schema is not one that lets everything pass.
    expect(isFacet?.({ [name]: { ...facet, assertions: 3, columnMetrics: 3 } })).toBe(false)
  }
})
