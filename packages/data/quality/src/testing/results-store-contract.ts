import type { ResultsStore } from '../application/ports/results-store.ts'
import type { KeptResult } from '../domain/history/kept-result.ts'
import { type Case, expectEqual } from './case.ts'

const result = (
  id: string,
  startedAt: number,
  more: { dataset?: string; suite?: string; rows?: number } = {},
): KeptResult => ({
  id,
  dataset: more.dataset ?? 'orders',
  validation: {
    suite: more.suite ?? 'orders',
    source: 'orders.csv',
    engine: 'memory',
    startedAt,
    durationMs: 2,
    rows: more.rows ?? 3,
    success: false,
    statistics: { evaluated: 2, successful: 1, unsuccessful: 1, successPercent: 50 },
    results: [
      {
        expectation: { type: 'expectTableRowCountToEqual', kwargs: { value: 3 }, id: 'rows' },
        severity: 'critical',
        success: true,
        result: { observedValue: more.rows ?? 3 },
      },
      {
        expectation: { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'größe' }, id: 'sizes' },
        severity: 'warning',
        success: false,
        result: { elementCount: 3, unexpectedCount: 1, unexpectedPercent: 33.4, partialUnexpectedList: [null] },
      },
    ],
  },
  score: { score: 87.5, dimensions: [], weights: { severity: WEIGHTS, dimension: DIMENSIONS } },
})
const WEIGHTS = { critical: 4, warning: 2, info: 1 }
const DIMENSIONS = { completeness: 1, validity: 1, uniqueness: 1, consistency: 1, timeliness: 1 }

/** What every `ResultsStore` must keep. @param make - an empty store */
export function resultsStoreContract(it: Case, make: () => Promise<ResultsStore>): void {
  it('gives back what was kept, letter for letter, and undefined for what was not', async () => {
    const store = await make()
    await store.append(result('a', 1))
    expectEqual(await store.get('a'), result('a', 1))
    expectEqual(await store.get('b'), undefined)
    expectEqual(await store.list(), [
      {
        id: 'a',
        dataset: 'orders',
        suite: 'orders',
        source: 'orders.csv',
        engine: 'memory',
        startedAt: 1,
        durationMs: 2,
        rows: 3,
        success: false,
        evaluated: 2,
        successful: 1,
        score: 87.5,
      },
    ])
  })

  it('keeps one id once: the first stays', async () => {
    const store = await make()
    await store.append(result('a', 1, { rows: 1 }))
    await store.append(result('a', 2, { rows: 2 }))
    expectEqual((await store.get('a'))?.validation.rows, 1)
    expectEqual((await store.list()).length, 1)
    expectEqual((await store.points()).length, 2)
  })

  it('lists newest first, and of one time the one kept last first', async () => {
    const store = await make()
    for (const [id, at] of [
      ['b', 20],
      ['a', 10],
      ['c', 20],
      ['d', 30],
    ] as const)
      await store.append(result(id, at))
    const ids = async (query?: Parameters<ResultsStore['list']>[0]): Promise<unknown> =>
      (await store.list(query)).map(({ id }) => id)
    expectEqual(await ids(), ['d', 'c', 'b', 'a'])
    expectEqual(await ids({ limit: 2 }), ['d', 'c'])
    expectEqual(await ids({ before: 20 }), ['a'])
  })

  it('filters by data set and suite', async () => {
    const store = await make()
    await store.append(result('a', 1, { dataset: 'north' }))
    await store.append(result('b', 2, { dataset: 'south' }))
    await store.append(result('c', 3, { dataset: 'north', suite: 'strict' }))
    expectEqual((await store.list({ dataset: 'north' })).length, 2)
    expectEqual((await store.list({ dataset: 'north', suite: 'strict' }))[0]?.id, 'c')
    expectEqual(await store.list({ dataset: "' OR 1=1 --" }), [])
  })

  it('tells how each expectation came out, newest result first and in the order of the suite', async () => {
    const store = await make()
    await store.append(result('a', 1, { rows: 7 }))
    await store.append(result('b', 2))
    const points = await store.points({ dataset: 'orders' })
    expectEqual(
      points.map((point) => [point.result, point.expectation, point.outcome]),
      [
        ['b', 'rows', 'met'],
        ['b', 'sizes', 'unmet'],
        ['a', 'rows', 'met'],
        ['a', 'sizes', 'unmet'],
      ],
    )
    expectEqual(points[2], {
      result: 'a',
      at: 1,
      expectation: 'rows',
      type: 'expectTableRowCountToEqual',
      subject: '',
      severity: 'critical',
      outcome: 'met',
      unexpectedPercent: null,
      observed: 7,
    })
    expectEqual(points[1]?.unexpectedPercent, 33.4)
    expectEqual((await store.points({ limit: 1 })).length, 2)
  })
}
