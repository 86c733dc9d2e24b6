import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { allTo, type ArtifactStore, metricAtLeast, type MlopsEvent, pipeline } from '@nomaly/ai-mlops'
import { openMlopsStore } from '@nomaly/ai-mlops/node'
import { connectMlflow } from '@nomaly/integration-mlflow'
import { ContainerModule } from 'inversify'
import { afterAll, describe, expect, it } from 'vitest'

import {
  BasicMlopsConfiguration,
  BasicMlopsConfigurationError,
  type BasicMlopsOptions,
  createBasicMlopsConfiguration,
  tokens,
} from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-mlops-'))
afterAll(() => rmSync(folder, { recursive: true }))

class Opened extends BasicMlopsConfiguration {
  resolve(name: keyof typeof tokens): unknown {
    return this.container.get<unknown>(tokens[name])
  }
}

describe('the basic MLOps configuration', () => {
  it.each(Object.keys(tokens) as Array<keyof typeof tokens>)('resolves %s, the same one every time', (name) => {
    const configuration = new Opened({ dataPath: join(folder, 'resolved') })

    expect(configuration.resolve(name)).toBeDefined()
    expect(configuration.resolve(name)).toBe(configuration.resolve(name))
  })

  it('touches no file before it is asked to, not even to be closed', async () => {
    const dataPath = join(folder, 'untouched')
    const configuration = createBasicMlopsConfiguration({ dataPath })
    configuration.createServices()
    await configuration.close()

    expect(existsSync(dataPath)).toBe(false)
  })

  it('runs the whole graph over one file: track, register, promote, watch, deploy, run a pipeline, tell of it', async () => {
    const dataPath = join(folder, 'whole')
    const told: string[] = []
    const handlers = new ContainerModule(({ rebind }) => {
      rebind(tokens.handlers).toConstantValue([
        {
          name: 'test',
          patterns: ['nomaly.model.promoted', 'nomaly.endpoint.created'],
          handle: async ({ event }) => void told.push(`${event.type} ${event.subject}`),
        },
      ])
    })
    const configuration = createBasicMlopsConfiguration({
      dataPath,
      userId: 'ann',
      predictors: { load: async ({ version }) => ({ predict: () => `by ${version}` }) },
    }).load(handlers)
    const { experimentTracker, modelRegistry, artifactStore, monitor, pipelines, deployments, events, store } =
      configuration.createServices()
    await events.start()

    const run = await experimentTracker.startRun({ experiment: 'fraud' })
    run.logMetric('auc', 0.93)
    const { id } = await run.logModel({ name: 'forest', files: { 'model.json': '{}' } })
    await run.end()
    const version = await modelRegistry.register({ name: 'fraud', modelId: id })
    await modelRegistry.promote(version, 'champion', [metricAtLeast('auc', 0.9)], { by: 'ci' })
    const rows = Array.from({ length: 200 }, (_, i) => ({ x: Math.sin(i) }))
    await monitor.define(
      { name: 'x', features: [{ name: 'x', kind: 'numeric' }], window: { by: 'size', size: 100 } },
      rows,
    )
    const [report] = await monitor.observe(
      'x',
      rows.map(({ x }) => ({ x: x + 5 })),
    )
    await deployments.create({ name: 'score', model: 'fraud', routing: allTo('1') })
    const answer = await deployments.predict('score', { amount: 1 }, { log: true })
    const outcome = await pipelines.run(
      pipeline<number>('double').step('twice', { needs: ['input'] }, ({ inputs }) => inputs.input * 2),
      21,
    )
    await events.drain()
    const found = await store.runs.find(run.id)
    const root = (await store.loggedModels.find(id))?.artifactLocation.replace('mlflow-artifacts:/', '') ?? ''
    const files = await artifactStore.list(root)
    await configuration.close()

    expect(found).toMatchObject({ status: 'FINISHED', userId: 'ann', metrics: { auc: { value: 0.93 } } })
    expect(found?.tags['mlflow.source.git.commit'] ?? found?.tags['nomaly.git']).toBeDefined()
    expect(files.map(({ path, size }) => [path, size])).toEqual([[`${root}/model.json`, 2]])
    expect(report?.alerts.length).toBeGreaterThan(0)
    expect(answer).toMatchObject({ output: 'by 1', version: '1' })
    expect(outcome.outputs).toMatchObject({ twice: 42 })
    expect(told.toSorted()).toEqual(['nomaly.endpoint.created score', 'nomaly.model.promoted fraud'])
    expect(readdirSync(dataPath).toSorted()).toEqual(['artifacts', 'mlops.db'])

    const again = createBasicMlopsConfiguration({ dataPath })
    const { items } = await again.createServices().store.predictions.read({ endpoint: 'score' })
    await again.close()
    expect(items.map(({ output }) => output)).toEqual(['by 1']) // what waited was written by close
  })

  it('hands every event on to a publisher, also those from before it', async () => {
    const dataPath = join(folder, 'published')
    const published: MlopsEvent[] = []
    const events = { publish: async (event: MlopsEvent) => void published.push(event) }
    const before = createBasicMlopsConfiguration({ dataPath, events })
    const first = before.createServices()
    await first.events.start()
    await first.events.stop()
    await first.store.registeredModels.create({ name: 'fraud' }) // while nobody delivers
    await before.close()
    const configuration = createBasicMlopsConfiguration({ dataPath, events })
    const again = configuration.createServices()
    await again.events.start()
    await again.events.drain()
    expect(published).toMatchObject([{ type: 'nomaly.registered-model.created', subject: 'fraud' }])
    await configuration.close()
  })

  it('serves MLflow, exports to it and imports, and ends the server when it is closed', async () => {
    const configuration = createBasicMlopsConfiguration({ dataPath: join(folder, 'served') })
    const { mlflow, experimentTracker } = configuration.createServices()
    const { url } = await mlflow.serve()
    const source = createBasicMlopsConfiguration({ dataPath: join(folder, 'source') })
    const from = source.createServices()
    await from.experimentTracker.run({ experiment: 'copied' }, (run) => run.logMetric('loss', 0.5))
    const report = await from.mlflow.exportTo({ trackingUri: url, retries: 0 })
    await source.close()
    const { items } = await experimentTracker.searchRuns({ experiments: ['copied'] })
    await configuration.close()

    expect(report).toMatchObject({ runs: { copied: 1 }, points: 1, problems: [] })
    expect(items.map(({ metrics }) => metrics['loss']?.value)).toEqual([0.5])
    const gone = connectMlflow({ trackingUri: url, retries: 0 }).experiments.find({ id: '0' })
    await expect(gone).rejects.toMatchObject({ code: 'mlflow/unavailable' })
  })

  it('says what it cannot import', async () => {
    const configuration = createBasicMlopsConfiguration({ dataPath: join(folder, 'imported') })
    const { mlflow } = configuration.createServices()
    const text = join(folder, 'no.db')
    writeFileSync(text, 'no database')

    for (const path of [text, join(folder, 'none'), join(folder, 'none.db')]) {
      await expect(mlflow.importFrom(path)).rejects.toMatchObject({ code: 'mlflow/unsupported-format' })
    }
    await configuration.close()
  })

  it('can be extended by subclass and by a module, whose services close() lets go after those that use them', async () => {
    const closed: string[] = []
    const inMemory = openMlopsStore({ path: ':memory:' })
    class InMemory extends BasicMlopsConfiguration {
      constructor(options: BasicMlopsOptions) {
        super(options)
        this.container.rebind(tokens.store).toConstantValue(inMemory)
      }
    }
    const artifacts: ArtifactStore = { ...inMemory.artifacts }
    const module = new ContainerModule(({ rebind }) => {
      rebind(tokens.artifactStore)
        .toResolvedValue(() => artifacts, [])
        .inSingletonScope()
        .onDeactivation(() => void closed.push('artifacts'))
    })
    const dataPath = join(folder, 'never-made')
    const configuration = new InMemory({ dataPath }).load(module)
    const { experimentTracker, artifactStore, deployments, mlflow } = configuration.createServices()
    const close = deployments.close.bind(deployments)
    deployments.close = async () => {
      await close()
      closed.push('deployments')
    }
    const { close: closeServer } = await mlflow.serve()
    await experimentTracker.run({}, (run) => run.logMetric('a', 1))
    await configuration.close()
    await closeServer() // again is harmless

    expect(artifactStore).toBe(artifacts)
    expect((await inMemory.runs.search({ experimentIds: ['0'] })).items).toHaveLength(1)
    expect(closed).toEqual(['deployments', 'artifacts'])
    expect(existsSync(dataPath)).toBe(false)
    await inMemory.close()
  })

  it('refuses to predict where nothing says how', async () => {
    const configuration = createBasicMlopsConfiguration({ dataPath: join(folder, 'no-predictors') })
    const { modelRegistry, deployments } = configuration.createServices()
    await modelRegistry.register({ name: 'm', source: 's3://models/m' })
    await deployments.create({ name: 'e', model: 'm', routing: allTo('1') })

    await expect(deployments.predict('e', 1)).rejects.toThrow(/tokens\.predictors/)
    await configuration.close()
  })

  it.each([
    [{}, /^dataPath: /],
    [{ dataPath: '' }, /^dataPath: must name a folder/],
    [{ dataPath: folder, durable: 'yes' }, /^durable: /],
    [{ dataPath: folder, capture: { everything: true } }, /^capture: /],
    [{ dataPath: folder, webhooks: { secretKey: 'short' } }, /^webhooks\.secretKey: /],
    [{ dataPath: folder, predictors: {} }, /^predictors: must have a function load/],
    [{ dataPath: folder, dataFolder: folder }, /dataFolder/],
  ])('refuses %j', (options, reason) => {
    const make = (): unknown => createBasicMlopsConfiguration(options as BasicMlopsOptions)

    expect(make).toThrow(BasicMlopsConfigurationError)
    expect(make).toThrow(reason)
  })
})
