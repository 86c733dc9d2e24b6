import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createMemoryEventPublisher, createMemoryModelRepository, datasetFromRows } from '@nomaly/ai-anomaly-detection'
import type { EventPublisher, MemoryEventPublisher, ModelRepository, WorkerPool } from '@nomaly/ai-anomaly-detection'
import { ContainerModule } from 'inversify'
import { afterAll, describe, expect, it } from 'vitest'

import {
  BasicAnomalyDetectionConfiguration,
  BasicAnomalyDetectionConfigurationError,
  createBasicAnomalyDetectionConfiguration,
  tokens,
} from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-configuration-'))
afterAll(() => rmSync(folder, { recursive: true }))

const rows = Array.from({ length: 100 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)])
rows[42] = [9, -9]
const dataset = datasetFromRows(rows)
const labels = Uint8Array.from(rows, (_, row) => (row === 42 ? 1 : 0))

class Opened extends BasicAnomalyDetectionConfiguration {
  resolve(name: keyof typeof tokens): unknown {
    return this.container.get<unknown>(tokens[name])
  }
}

class InMemory extends BasicAnomalyDetectionConfiguration {
  readonly models: ModelRepository = createMemoryModelRepository()

  constructor() {
    super({ dataPath: join(folder, 'never-made') })
    this.container.rebind(tokens.models).toConstantValue(this.models)
  }
}

describe('the basic anomaly detection configuration', () => {
  it.each(Object.keys(tokens) as Array<keyof typeof tokens>)('resolves %s, the same one every time', (name) => {
    const configuration = new Opened({ dataPath: folder })

    expect(configuration.resolve(name)).toBeDefined()
    expect(configuration.resolve(name)).toBe(configuration.resolve(name))
  })

  it('touches no file before it is asked to', () => {
    const dataPath = join(folder, 'untouched')
    createBasicAnomalyDetectionConfiguration({ dataPath }).createServices()

    expect(existsSync(dataPath)).toBe(false)
  })

  it('runs the whole graph: detect, explain, evaluate, train, score; models lie under the data folder', async () => {
    const dataPath = join(folder, 'whole')
    const configuration = createBasicAnomalyDetectionConfiguration({ dataPath })
    const { detection, explanation, evaluation, training, scoring, models } = configuration.createServices()
    const options = { detector: 'ecod', contamination: 0.01 }

    const result = await detection.execute(dataset, options)
    const { explanations } = await explanation.execute(dataset, { detection: options })
    const [evaluated] = await evaluation.execute(dataset, labels, { detectors: ['ecod'] })
    const model = await training.execute('pump', dataset, options)
    const scored = await scoring.execute({ name: 'pump' }, dataset)
    await configuration.close()

    expect(result.anomalies().map(({ index }) => index)).toEqual([42])
    expect(explanations.map(({ row, method }) => [row, method])).toEqual([[42, 'contributions']])
    expect(evaluated?.rocAuc).toBe(1)
    expect(scored.predictions[42]).toBe(1)
    expect((await models.list()).map(({ name, version }) => [name, version])).toEqual([['pump', model.version]])
    expect(readdirSync(join(dataPath, 'models'))).toEqual(['pump'])
  })

  it('scores streams, tells their alarms as events, and keeps idle models under the data folder', async () => {
    const dataPath = join(folder, 'streams-of')
    const open = {
      detector: 'z-score',
      calibrator: 'none',
      threshold: 8,
      key: 'pump',
      liveKeys: 2,
      name: 'a/b',
    } as const
    const samples = Array.from({ length: 400 }, (_, i) => ({
      pump: `p${i % 4}`,
      flow: Math.sin(i) + (i === 300 ? 50 : 0),
    }))
    const configuration = createBasicAnomalyDetectionConfiguration({ dataPath })
    const { streaming, events } = configuration.createServices()
    const stream = streaming.open(open)
    const found = samples.slice(0, 350).flatMap((sample) => stream.push(sample))
    await stream.settled()
    const kept: unknown = JSON.parse(JSON.stringify(stream))
    await configuration.close()

    expect(found.filter(({ isAnomaly }) => isAnomaly).map(({ index, key }) => [index, key])).toEqual([[300, 'p0']])
    const told = (events as MemoryEventPublisher).published() // what the token is bound to
    expect(told.map(({ type, subject }) => [type, subject])).toEqual([['nomaly.anomaly.detected', 'a/b']])
    expect(readdirSync(join(dataPath, 'streams'))).toContain('a%2Fb.db')

    const again = createBasicAnomalyDetectionConfiguration({ dataPath })
    const resumed = again.createServices().streaming.open({ from: kept })
    expect(samples.slice(350).flatMap((sample) => resumed.push(sample))).toHaveLength(50)
    expect(resumed.counts).toMatchObject({ scored: 400, forgotten: 0 })
    await again.close()
  })

  it('can be extended by subclass', async () => {
    const configuration = new InMemory()
    await configuration.createServices().training.execute('pump', dataset, { detector: 'ecod' })

    expect(await configuration.models.find('pump')).toMatchObject({ name: 'pump', version: 1 })
    expect(existsSync(join(folder, 'never-made'))).toBe(false)
  })

  it('can be extended by a module, whose services close() lets go', async () => {
    const heard = createMemoryEventPublisher()
    let released: EventPublisher | undefined
    const module = new ContainerModule(({ rebind }) => {
      rebind(tokens.events)
        .toResolvedValue(() => heard, [])
        .inSingletonScope()
        .onDeactivation((publisher) => {
          released = publisher
        })
    })
    const configuration = createBasicAnomalyDetectionConfiguration({ dataPath: folder }).load(module)
    await configuration.createServices().detection.execute(dataset, { detector: 'ecod' })
    await configuration.close()

    expect(heard.published().map(({ type }) => type)).toEqual([
      'nomaly.detection.requested',
      'nomaly.detection.completed',
      'nomaly.anomaly.detected',
    ])
    expect(released).toBe(heard)
  })

  it('shares long work among the threads it is told of, until it is closed', async () => {
    const many = Array.from({ length: 2500 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7), i % 7])
    const scoresOn = async (threads: number): Promise<ReadonlyArray<number>> => {
      const configuration = createBasicAnomalyDetectionConfiguration({ dataPath: folder, threads })
      const { detection } = configuration.createServices()
      const options = { detector: 'iforest', parameters: { nEstimators: 10_000, maxSamples: 8 } } // long enough
      const { scores } = await detection.execute(datasetFromRows(many), options)
      await configuration.close()
      return [...scores]
    }
    expect(await scoresOn(2)).toEqual(await scoresOn(1))

    const configuration = new Opened({ dataPath: folder, threads: 2 })
    const pool = configuration.resolve('pool') as WorkerPool // what the token is bound to
    const first = Int32Array.from({ length: 9 }, (_, row) => row)
    const part = { train: datasetFromRows(many), k: 3, metric: 'euclidean', rows: first } as const
    const find = (): Promise<unknown> => pool.run('neighbours', [part], { signal: undefined })
    await expect(find()).resolves.toHaveLength(1)
    await configuration.close()
    await expect(find()).rejects.toMatchObject({ code: 'anomaly-detection/cancelled' })
  })

  it.each([0, -1, 1.5, 129])('refuses %s threads', (threads) => {
    expect(() => createBasicAnomalyDetectionConfiguration({ dataPath: folder, threads })).toThrow(/^threads: /)
  })

  it.each([{}, { dataPath: '' }, { dataPath: folder, dataFolder: folder }])('refuses %j', (options) => {
    const make = (): unknown => createBasicAnomalyDetectionConfiguration(options as { dataPath: string })

    expect(make).toThrow(BasicAnomalyDetectionConfigurationError)
    expect(make).toThrow(/data(Path|Folder)/)
  })
})
