import { expect, it } from 'vitest'

import type { Suite } from '../../domain/expectation.ts'
import { maskedValidation } from '../../domain/masking/masked-validation.ts'
import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import { openQualityStore } from '../../infrastructure/sqlite/open-quality-store.ts'
import type { QualityAnalyzed } from '../quality-event.ts'
import { readTrend } from './read-trend.ts'
import { RecordedCheck } from './recorded-check.ts'

const suite: Suite = {
  name: 'orders',
  expectations: [
    { type: 'expectTableRowCountToMatchHistory', kwargs: { minHistory: 3 } },
    { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'a' }, severity: 'warning', id: 'there' },
  ],
}
const engineOf = (rows: number, missing = 0): ReturnType<typeof memoryEngine> =>
  memoryEngine(recordsTable(Array.from({ length: rows }, (_, i) => ({ a: i < missing ? null : i }))), 'orders.csv')

it('judges volume by the runs kept before, keeps each result and tells of it', async () => {
  const { results } = openQualityStore({ path: ':memory:' })
  const events: Array<QualityAnalyzed> = []
  let [ids, time] = [0, 1000]
  const check = new RecordedCheck({
    results,
    newId: () => `id${ids++}`,
    events: { publish: async (event) => void events.push(event) },
  })
  const now = (): number => time++
  for (const rows of [100, 101, 100]) await check.run(suite, engineOf(rows), { now })
  const last = await check.run(suite, engineOf(30, 3), { now })
  const [volume] = last.validation.results
  // the median of 100, 101, 100 is 100, of which 1 % is the least spread: 3.5 of them are 3.5
  expect(volume).toMatchObject({
    success: false,
    result: { observedValue: 30, details: { median: 100, range: [96.5, 103.5] } },
  })
  expect(await results.get(last.id)).toEqual(last)
  expect(events).toHaveLength(4)
  expect(events[3]).toEqual({
    specversion: '1.0',
    id: 'id7',
    source: '/nomaly/data-quality',
    type: 'nomaly.quality.analyzed',
    subject: 'orders',
    time: new Date(last.validation.startedAt).toISOString(),
    datacontenttype: 'application/json',
    data: {
      result: last.id,
      suite: 'orders',
      source: 'orders.csv',
      engine: 'memory',
      rows: 30,
      success: false,
      evaluated: 2,
      successful: 0,
      unmet: { critical: 1, warning: 1, info: 0 },
      // completeness 27/30, timeliness 0
      score: 45,
      dimensions: { completeness: 90, timeliness: 0 },
    },
  })

  const trend = await readTrend(results, 'orders')
  expect(trend.runs.map(({ rows, score }) => [rows, score])).toEqual([
    [100, 100],
    [101, 100],
    [100, 100],
    [30, 45],
  ])
  expect(trend.scoreChange).toBe(-55)
  expect(
    trend.expectations.map(({ expectation, met, last: now_, change }) => [expectation, met, now_, change]),
  ).toEqual([
    ['there', 3, 'unmet', 10],
    [expect.stringMatching(/^expectTableRowCountToMatchHistory:[\da-f]{8}$/), 3, 'unmet', null],
  ])
  expect(trend.expectations[0]?.since).toBe(last.validation.startedAt)
  expect(await readTrend(results, 'none')).toEqual({ dataset: 'none', runs: [], scoreChange: null, expectations: [] })
})

it('keeps what it is told to keep, under the name it is given', async () => {
  const { results } = openQualityStore({ path: ':memory:' })
  const beforeKeeping: ConstructorParameters<typeof RecordedCheck>[0]['beforeKeeping'] = (result) => ({
    ...result,
    validation: maskedValidation(result.validation),
  })
  const check = new RecordedCheck({ results, newId: () => 'one', beforeKeeping })
  const result = await check.run(
    { name: 's', expectations: [{ type: 'expectColumnValuesToBeNull', kwargs: { column: 'mail' } }] },
    memoryEngine(recordsTable([{ mail: 'ann@example.org' }])),
    { dataset: 'people' },
  )
  expect(JSON.stringify(result)).toContain('ann@')
  const kept = await results.get('one')
  expect(kept?.dataset).toBe('people')
  expect(JSON.stringify(kept)).not.toContain('ann@')
})
