import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ProfilingError } from '@nomaly/data-profiling'
import { openQualityStore } from '@nomaly/data-quality/node'
import { ContainerModule } from 'inversify'
import { afterAll, describe, expect, it } from 'vitest'

import {
  BasicDataConfiguration,
  BasicDataConfigurationError,
  type BasicDataOptions,
  createBasicDataConfiguration,
  type DataSource,
  tokens,
} from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-data-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = join(folder, 'orders.csv')
writeFileSync(file, 'id,amount,mail\n1,12.5,a@example.org\n2,-3,b@example.org\n2,,c@example.org\n')
writeFileSync(join(folder, 'orders-2.csv'), 'id,amount,mail\n7,1,d@example.org\n')

const suite = {
  name: 'orders',
  expectations: [
    { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
    { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', minValue: 0 } },
    { type: 'expectColumnValuesToBeInSet', kwargs: { column: 'mail', valueSet: ['a@example.org'] } },
  ],
}

class Opened extends BasicDataConfiguration {
  resolve(name: keyof typeof tokens): unknown {
    return this.container.get<unknown>(tokens[name])
  }
}

describe('the basic data configuration', () => {
  it.each(Object.keys(tokens) as Array<keyof typeof tokens>)('resolves %s, the same one every time', (name) => {
    const configuration = new Opened({ dataPath: join(folder, 'resolved') })

    expect(configuration.resolve(name)).toBeDefined()
    expect(configuration.resolve(name)).toBe(configuration.resolve(name))
  })

  it('touches no file before it is asked to, not even to be closed', async () => {
    const dataPath = join(folder, 'untouched')
    const configuration = createBasicDataConfiguration({ dataPath })
    configuration.createServices()
    await configuration.close()

    expect(existsSync(dataPath)).toBe(false)
  })

  it('runs the whole graph: profile, keep a suite, check by its name, keep the result, tell of both', async () => {
    const dataPath = join(folder, 'whole')
    const told: string[] = []
    const events = {
      publish: async ({ type, subject }: { type: string; subject: string }) => void told.push(`${type} ${subject}`),
    }
    const configuration = createBasicDataConfiguration({ dataPath, events })
    const { profiler, quality, suites } = configuration.createServices()
    const { id: profileId, profile } = await profiler.profile(file, { source: 'orders' })
    await suites.save(suite, 5)
    const checked = await quality.check('orders', file, { dataset: 'shop', keyColumns: ['id'] })
    const compared = await quality.check(
      {
        name: 'compared',
        expectations: [{ type: 'expectTableRowCountToEqualOtherTable', kwargs: { otherTableName: 'b' } }],
      },
      file,
      { tables: { b: [{ id: 1 }, { id: 2 }, { id: 3 }] } },
    )
    await configuration.close()

    expect(profile.columns.map(({ name, nulls }) => [name, nulls])).toEqual([
      ['id', 0],
      ['amount', 1],
      ['mail', 0],
    ])
    expect(checked.validation.results.map(({ success, result }) => [success, result.unexpectedCount])).toEqual([
      [false, 2],
      [false, 1],
      [false, 2],
    ])
    expect(compared.validation.success).toBe(true)
    expect(told).toEqual([
      'nomaly.profile.generated orders',
      'nomaly.quality.analyzed shop',
      'nomaly.quality.analyzed compared',
    ])
    expect(readdirSync(dataPath)).toEqual(['profiles.db', 'quality.db'])

    const again = createBasicDataConfiguration({ dataPath }).createServices()
    expect((await again.profiles.get(profileId))?.profile).toEqual(profile)
    expect((await again.profiles.list({ source: 'orders' })).map(({ id }) => id)).toEqual([profileId])
    const kept = await again.results.get(checked.id)
    expect(kept?.validation.statistics).toEqual(checked.validation.statistics)
    // What is answered names the values; what is kept hides those of people.
    expect(JSON.stringify(checked)).toContain('b@example.org')
    expect(JSON.stringify(kept)).not.toContain('b@example.org')
    expect((await again.results.list({ dataset: 'shop' })).map(({ id }) => id)).toEqual([checked.id])
    expect(await again.results.points({ dataset: 'shop' })).toHaveLength(3)
    expect((await again.suites.list()).map(({ version }) => version)).toEqual([1])
    expect((await again.suites.get('orders'))?.suite.expectations).toHaveLength(3)
    expect(await again.suites.versions('orders')).toEqual([{ version: 1, savedAt: 5 }])
    await expect(again.quality.check('order', file)).rejects.toMatchObject({
      code: 'quality/unknown-suite',
      details: { names: ['orders'] },
    })
  })

  it.each<[string, BasicDataOptions['engine'], DataSource, number]>([
    ['files in DuckDB', 'duckdb', join(folder, 'orders*.csv'), 4],
    ['files in memory', 'memory', { paths: [join(folder, 'orders*.csv')], format: 'csv' }, 4],
    ['records', 'auto', [{ id: 1 }, { id: 2 }], 2],
    [
      'an Arrow table',
      'auto',
      {
        numRows: 1,
        schema: { fields: [{ name: 'id', type: { toString: () => 'Int32' } }] },
        getChildAt: () => ({ get: () => 1 }),
      },
      1,
    ],
  ])('reads %s', async (_, engine, source, rows) => {
    const configuration = createBasicDataConfiguration({ dataPath: join(folder, 'sources'), engine })
    const { profiler, quality } = configuration.createServices()

    expect((await profiler.profile(source)).profile.rows).toBe(rows)
    expect((await quality.check({ name: 'empty', expectations: [] }, source)).validation.rows).toBe(rows)
    await configuration.close()
  })

  it('reads files in memory where DuckDB is not installed, unless it was asked for', async () => {
    class WithoutDuckdb extends BasicDataConfiguration {
      constructor(options: BasicDataOptions) {
        super(options)
        const engines = this.container.get(tokens.profileEngines)
        const duckdb = () =>
          Promise.reject(new ProfilingError('profiling/missing-package', 'npm install @duckdb/node-api'))
        this.container.rebind(tokens.profileEngines).toConstantValue({ ...engines, duckdb })
      }
    }
    const { profiler } = new WithoutDuckdb({ dataPath: join(folder, 'without') }).createServices()
    const asked = new WithoutDuckdb({ dataPath: join(folder, 'without'), engine: 'duckdb' }).createServices()

    const { profile } = await profiler.profile(join(folder, 'orders*.csv'))
    expect([profile.engine, profile.rows]).toEqual(['memory', 4])
    await expect(profiler.profile(join(folder, 'none*.csv'))).rejects.toThrow(/no file fits/)
    await expect(asked.profiler.profile(file)).rejects.toMatchObject({ code: 'profiling/missing-package' })
  })

  it('can be extended by subclass and by a module, whose services close() lets go', async () => {
    const closed: string[] = []
    const store = openQualityStore({ path: ':memory:' })
    class InMemory extends BasicDataConfiguration {
      constructor(options: BasicDataOptions) {
        super(options)
        this.container.rebind(tokens.qualityStore).toConstantValue(() => store)
      }
    }
    const fixedTime = new ContainerModule(({ rebind }) => {
      rebind(tokens.clock)
        .toResolvedValue(() => () => 42, [])
        .inSingletonScope()
        .onDeactivation(() => void closed.push('clock'))
    })
    const dataPath = join(folder, 'never-made')
    const configuration = new InMemory({ dataPath, unmask: true }).load(fixedTime)
    const { quality, results } = configuration.createServices()
    const { id } = await quality.check(suite, file)
    const kept = await results.get(id)
    await configuration.close()

    expect(kept?.validation.startedAt).toBe(42)
    expect(JSON.stringify(kept)).toContain('b@example.org')
    expect(closed).toEqual(['clock'])
    expect(existsSync(dataPath)).toBe(false)
    store.close()
  })

  it('answers over HTTP, from the same stores', async () => {
    const told: string[] = []
    const events = { publish: async ({ type }: { readonly type: string }) => void told.push(type) }
    const configuration = createBasicDataConfiguration({ dataPath: join(folder, 'routes'), events })
    const { profiles, results, suites, routes } = configuration.createServices()
    const [profiling, quality] = [await routes.profiling(), await routes.quality({ maxJsonBytes: 1000 })]
    const headers = { 'Content-Type': 'application/json' }
    const post = (body: unknown): RequestInit => ({ method: 'POST', headers, body: JSON.stringify(body) })

    const profiled = await profiling.request('/profiles', post({ rows: [{ a: 1 }, { a: null }] }))
    expect([profiled.status, (await profiles.list()).map(({ rows }) => rows)]).toEqual([201, [2]])
    await suites.save({ name: 'a', expectations: [{ type: 'expectColumnToExist', kwargs: { column: 'a' } }] }, 1)
    const checked = await quality.request('/checks', post({ suite: 'a', rows: [{ a: 1 }] }))
    expect([checked.status, (await results.list()).map(({ success }) => success)]).toEqual([201, [true]])
    const ofDataset = await (
      await configuration.createServices().routes.quality({ sourceOf: async () => file })
    ).request('/checks', post({ suite: 'a', datasetId: 'orders' }))
    expect(await ofDataset.json()).toMatchObject({ validation: { source: 'orders', rows: 3, success: false } })
    const tooLong = await quality.request('/checks', post({ suite: 'a', rows: [{ a: 'x'.repeat(1000) }] }))
    expect(tooLong.status).toBe(413)
    expect(told).toEqual(['nomaly.profile.generated', 'nomaly.quality.analyzed', 'nomaly.quality.analyzed'])
    await configuration.close()
  })

  it('hands on what the engine says, and what the publisher says', async () => {
    const events = { publish: () => Promise.reject(new Error('nobody listens')) }
    const { profiler } = createBasicDataConfiguration({ dataPath: folder, events }).createServices()

    await expect(profiler.profile(join(folder, 'none.csv'))).rejects.toMatchObject({
      code: 'profiling/unreadable-data',
    })
    await expect(profiler.profile([{ a: 1 }])).rejects.toThrow('nobody listens')
    await expect(profiler.profile({ url: 'postgres://127.0.0.1:1/x', table: 't' })).rejects.toMatchObject({
      code: 'profiling/query-failed',
    })
  })

  it.each([
    [null, /a table is a path, \{ paths \}, \{ url, table \}, a list of records, or an Apache Arrow table/],
    [{ rows: [] }, /a table is a path/],
  ])('refuses the source %j', async (source, reason) => {
    const { profiler } = createBasicDataConfiguration({ dataPath: folder }).createServices()
    await expect(profiler.profile(source as never)).rejects.toThrow(reason)
  })

  it.each([
    [{}, /^dataPath: /],
    [{ dataPath: '' }, /^dataPath: must name a folder/],
    [{ dataPath: folder, engine: 'spark' }, /^engine: /],
    [{ dataPath: folder, memoryLimitMb: 0 }, /^memoryLimitMb: /],
    [{ dataPath: folder, events: {} }, /^events: must have a function publish/],
    [{ dataPath: folder, dataFolder: folder }, /dataFolder/],
  ])('refuses %j', (options, reason) => {
    const make = (): unknown => createBasicDataConfiguration(options as BasicDataOptions)

    expect(make).toThrow(BasicDataConfigurationError)
    expect(make).toThrow(reason)
  })
})
