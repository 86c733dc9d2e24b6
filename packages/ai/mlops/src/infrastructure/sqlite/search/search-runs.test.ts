import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Run } from '../../../domain/run.ts'
import { openMlopsStore } from '../../open-mlops-store.ts'

const values = [Number.NaN, -1, 0, 0.5, 2]
const texts = ['a', 'B', 'ab', 'a_b', '50%', "it's", '*']

interface Plan {
  readonly metric?: number
  readonly param?: string
  readonly tag?: string
  readonly ended?: number
}

const planned: fc.Arbitrary<Plan> = fc.record(
  {
    metric: fc.constantFrom(...values),
    param: fc.constantFrom(...texts),
    tag: fc.constantFrom(...texts),
    ended: fc.constantFrom(10, 20),
  },
  { requiredKeys: [] },
)

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

interface Tested {
  readonly text: string
  readonly test: (run: Run, negated: boolean) => boolean
}

function like(pattern: string, text: string, flags: string): boolean {
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${source}$`, `su${flags}`).test(text)
}

const metricLeaf: fc.Arbitrary<Tested> = fc
  .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.constantFrom(-1, 0, 0.5))
  .map(([comparator, limit]) => ({
    text: `metrics.m ${comparator} ${limit}`,
    test: (run, negated) => {
      const value = run.metrics['m']?.value
      if (value === undefined) return false
      // NaN is unequal to everything, and nothing else: also the other way round.
      if (Number.isNaN(value)) return comparator === (negated ? '=' : '!=')
      const holds = {
        '=': value === limit,
        '!=': value !== limit,
        '<': value < limit,
        '<=': value <= limit,
        '>': value > limit,
        '>=': value >= limit,
      }[comparator]
      return holds !== negated
    },
  }))

const textLeaf: fc.Arbitrary<Tested> = fc
  .tuple(
    fc.constantFrom('params.p', 'tags."t x"'),
    fc.constantFrom('=', '!=', 'LIKE', 'ILIKE', 'NOT LIKE', 'IN', 'BETWEEN', 'IS NULL', 'IS NOT NULL'),
    fc.constantFrom(...texts, 'A%', '_', '%*'),
  )
  .map(([field, comparator, text]) => {
    const find = (run: Run): string | undefined => (field === 'params.p' ? run.params['p'] : run.tags['t x'])
    const rights: Readonly<Record<string, string>> = {
      IN: `(${quoted(text)}, 'zzz')`,
      BETWEEN: `'A' AND ${quoted(text)}`,
      'IS NULL': '',
      'IS NOT NULL': '',
    }
    return {
      text: `${field} ${comparator} ${rights[comparator] ?? quoted(text)}`,
      test: (run, negated) => {
        const value = find(run)
        if (comparator === 'IS NULL') return (value === undefined) !== negated
        if (comparator === 'IS NOT NULL') return (value !== undefined) !== negated
        if (value === undefined) return false
        const holds = {
          '=': value === text,
          IN: value === text,
          '!=': value !== text,
          LIKE: like(text, value, ''),
          'NOT LIKE': !like(text, value, ''),
          ILIKE: like(text, value, 'i'),
          BETWEEN: value >= 'A' && value <= text,
        }[comparator]
        return holds !== negated
      },
    }
  })

const { tree } = fc.letrec<{ tree: Tested; leaf: Tested }>((tie) => ({
  leaf: fc.oneof(metricLeaf, textLeaf),
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    tie('tree').map((inner): Tested => ({
      text: `NOT (${inner.text})`,
      test: (run, negated) => inner.test(run, !negated),
    })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]): Tested => ({
      text: `(${a.text} and ${b.text})`,
      test: (run, negated) =>
        negated ? a.test(run, true) || b.test(run, true) : a.test(run, false) && b.test(run, false),
    })),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]): Tested => ({
      text: `(${a.text} OR ${b.text})`,
      test: (run, negated) =>
        negated ? a.test(run, true) && b.test(run, true) : a.test(run, false) || b.test(run, false),
    })),
  ),
}))

const orders: ReadonlyArray<readonly [string, (run: Run) => number | string | undefined]> = [
  ['metrics.m', (run) => run.metrics['m']?.value],
  ['params.p', (run) => run.params['p']],
  ['tags.`t x`', (run) => run.tags['t x']],
  ['attributes.end_time', (run) => run.endedAt],
]

function rankOf(value: number | string | undefined): number {
  if (value === undefined) return 2
  return Number.isNaN(value) ? 1 : 0
}

function compareBy(read: (run: Run) => number | string | undefined, descending: boolean): (a: Run, b: Run) => number {
  return (a, b) => {
    const [x, y] = [read(a), read(b)]
    const ranks = rankOf(x) - rankOf(y)
    if (ranks !== 0 || rankOf(x) !== 0 || x === y || x === undefined || y === undefined) return ranks
    return (x < y ? -1 : 1) * (descending ? -1 : 1)
  }
}

describe('searching runs', () => {
  async function storeOf(plans: ReadonlyArray<Plan>): Promise<ReturnType<typeof openMlopsStore>> {
    let clock = 0
    let ids = 0
    const store = openMlopsStore({
      path: ':memory:',
      now: () => clock++ % 3,
      newId: () => String(10_000 - ids++).padStart(32, '0'),
    })
    await Promise.all(
      plans.map(async ({ metric, param, tag, ended }) => {
        const { id } = await store.runs.create({ experimentId: '0' })
        await store.log.log(id, {
          metrics: metric === undefined ? [] : [{ key: 'm', value: metric, at: 0, step: 0 }],
          params: param === undefined ? [] : [{ key: 'p', value: param }],
          tags: tag === undefined ? [] : [{ key: 't x', value: tag }],
        })
        if (ended !== undefined) await store.runs.change(id, { kind: 'update', endedAt: ended })
      }),
    )
    return store
  }

  it('answers what the filter says, by the order, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(planned, { maxLength: 12 }),
        fc.option(tree, { nil: undefined }),
        fc.subarray([0, 1, 2, 3]).map((chosen) => chosen.toReversed()),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        async (plans, filter, chosen, descending, limit) => {
          const store = await storeOf(plans)
          const orderBy = chosen.map((index) => `${orders[index]?.[0]} ${descending ? 'DESC' : 'asc'}`)
          const query = { experimentIds: ['0'], orderBy, ...(filter === undefined ? {} : { filter: filter.text }) }
          const all = (await store.runs.search({ experimentIds: ['0'] })).items
          const expected = all
            .filter((run) => filter?.test(run, false) ?? true)
            .toSorted((a, b) => {
              for (const index of chosen) {
                const by = compareBy(orders[index]?.[1] ?? (() => undefined), descending)(a, b)
                if (by !== 0) return by
              }
              return b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1)
            })
          expect((await store.runs.search(query)).items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
          const paged: Run[] = []
          let page = await store.runs.search({ ...query, limit })
          while (paged.push(...page.items) >= 0 && page.next !== undefined)
            page = await store.runs.search({ ...query, limit, pageToken: page.next })
          expect(paged.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
          await store.close()
        },
      ),
      { numRuns: 120 },
    )
  })

  it('walks along the index of a value where there are many runs, with the same answer', async () => {
    const plans = Array.from({ length: 5100 }, (_, index): Plan => ({
      ...(index % 7 === 0 ? {} : { metric: index % 11 === 0 ? Number.NaN : (index * 37) % 101 }),
      ...(index % 5 === 0 ? {} : { param: `p${(index * 31) % 53}` }),
      ...(index % 3 === 0 ? {} : { ended: (index * 29) % 1009 }),
    }))
    const store = await storeOf(plans)
    const all = (await store.runs.search({ experimentIds: ['0'], limit: 10_000 })).items
    for (const [order, read] of orders)
      for (const descending of [false, true]) {
        const expected = all.toSorted((a, b) => compareBy(read, descending)(a, b))
        const found: Run[] = []
        const query = { experimentIds: ['0'], orderBy: [`${order} ${descending ? 'DESC' : 'ASC'}`], limit: 700 }
        let page = await store.runs.search(query)
        while (found.push(...page.items) >= 0 && page.next !== undefined)
          page = await store.runs.search({ ...query, pageToken: page.next })
        expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
      }
    await store.close()
  })

  it('keeps a token to its query', async () => {
    const store = await storeOf([{}, {}, {}])
    const { next } = await store.runs.search({ experimentIds: ['0'], limit: 1 })
    expect(next).toBeDefined()
    for (const other of [
      { experimentIds: ['1'] },
      { experimentIds: ['0'], filter: "status = 'RUNNING'" },
      { experimentIds: ['0'], orderBy: ['run_id'] },
    ])
      await expect(store.runs.search({ ...other, pageToken: next ?? '' })).rejects.toMatchObject({
        code: 'mlops/invalid-argument',
        details: { field: 'pageToken' },
      })
    await expect(store.runs.search({ experimentIds: ['0'], pageToken: 'nonsense' })).rejects.toMatchObject({
      code: 'mlops/invalid-argument',
    })
    await store.close()
  })

  it('takes the largest filters and orders that there may be, and refuses larger ones', async () => {
    const store = await storeOf([{ metric: 1, param: 'a' }, { metric: 2 }])
    const comparisons = Array.from({ length: 500 }, (_, index) => `metrics.m != ${index + 10}`)
    for (const word of [' AND ', ' OR ']) {
      const { items } = await store.runs.search({ experimentIds: ['0'], filter: comparisons.join(word) })
      expect(items).toHaveLength(2)
    }
    const orderBy = Array.from({ length: 30 }, (_, index) => `metrics.m${index}`)
    expect((await store.runs.search({ experimentIds: ['0'], orderBy })).items).toHaveLength(2)
    for (const query of [
      { orderBy: [...orderBy, 'params.p'] },
      { filter: [...comparisons, 'metrics.m > 0'].join(' OR ') },
    ])
      await expect(store.runs.search({ experimentIds: ['0'], ...query })).rejects.toMatchObject({
        code: 'mlops/invalid-filter',
        details: { reason: 'too-large' },
      })
    const nested = `${'('.repeat(50)}metrics.m > 0${')'.repeat(50)}`
    expect((await store.runs.search({ experimentIds: ['0'], filter: nested })).items).toHaveLength(2)
    await store.close()
  })
})
