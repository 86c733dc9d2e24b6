import { describe, expect, it } from 'vitest'

import { datasetFromColumns, datasetFromRows } from '../domain/dataset-of.ts'
import { normalizationOf, normalize } from '../domain/normalization.ts'
import { seededRandom } from '../domain/numeric/seeded-random.ts'
import { createMemoryEventPublisher } from '../infrastructure/memory-event-publisher.ts'
import { createMemoryModelRepository } from '../infrastructure/memory-model-repository.ts'
import { configureDetector } from './catalogue/catalogue.ts'
import { DetectAnomalies } from './detect-anomalies.ts'
import { detect } from './detect.ts'
import { EvaluateDetectors } from './evaluate-detectors.ts'
import { ScoreWithModel } from './score-with-model.ts'
import { TrainModel } from './train-model.ts'
import type { TrainingOptions } from './training-options.ts'

const random = seededRandom(21)
const values = Array.from({ length: 99 }, () => [20 + random(), 50 + random()])
const dataset = datasetFromRows([...values, [60, 50]], { features: ['temperature', 'humidity'] })

function parts() {
  let id = 0
  let ms = 0
  const events = createMemoryEventPublisher()
  const clock = { now: () => 1_700_000_000_000, monotonicMs: () => (ms += 5) }
  const models = createMemoryModelRepository()
  return { events, clock, ids: { next: () => `id-${++id}` }, models }
}

describe('detect', () => {
  it('finds the row that is far from the others, and says which feature stands out', () => {
    const result = detect(dataset, { detector: 'iforest', contamination: 0.01, seed: 1 })
    expect(result.anomalyCount).toBe(1)
    const [anomaly] = result.anomalies()
    expect(anomaly).toMatchObject({
      index: 99,
      features: [{ feature: 'temperature', value: 60 }, { feature: 'humidity' }],
    })
    expect(anomaly?.features[0]?.deviation).toBeGreaterThan(20)
    expect(result.predictions[99]).toBe(1)
    expect(result.scores[99]).toBeGreaterThan(result.threshold)
  })

  it('takes PyOD’s default of one row in ten', () => {
    expect(detect(dataset, { detector: 'ecod' }).anomalyCount).toBe(10)
  })

  it('is plain data as JSON, and counts rows that were dropped', () => {
    const rows = [[null, 1], ...values, [60, 50]]
    const result = detect(datasetFromRows(rows, { missing: 'drop' }), { detector: 'ecod', contamination: 0.01 })
    const json = JSON.parse(JSON.stringify(result)) as { anomalies: Array<{ index: number }>; scores: number[] }
    expect(json.anomalies).toMatchObject([{ index: 100 }])
    expect(json.scores).toHaveLength(100)
  })

  it.each([
    [{ contamination: 0 }, /contamination/],
    [{ contamination: 0.6 }, /contamination/],
    [{ contamination: 0.1, threshold: { kind: 'fixed', value: 1 } }, /not both/],
    [{ seed: 1.5 }, /seed/],
    [{ detektor: 'ecod' }, /detektor/],
  ])('refuses %o', (options, message) => {
    expect(() => detect(dataset, options as object)).toThrow(message)
  })
})

describe('DetectAnomalies', () => {
  it('tells of the request, the completion and the anomalies, under one detection id', async () => {
    const deps = parts()
    const result = await new DetectAnomalies(deps).execute(dataset, { detector: 'ecod', contamination: 0.01 })
    const events = deps.events.published()
    expect(events.map(({ type }) => type)).toEqual([
      'nomaly.detection.requested',
      'nomaly.detection.completed',
      'nomaly.anomaly.detected',
    ])
    expect(events.map(({ data }) => 'detectionId' in data && data.detectionId)).toEqual([
      result.id,
      result.id,
      result.id,
    ])
    expect(events[2]?.data).toMatchObject({ total: 1, anomalies: [{ index: 99 }] })
    expect(events[0]).toMatchObject({ specversion: '1.0', time: '2023-11-14T22:13:20.000Z', subject: result.id })
    expect(result.metadata).toMatchObject({ rows: 100, createdAt: 1_700_000_000_000 })
  })

  it('tells of no anomaly where there is none', async () => {
    const deps = parts()
    await new DetectAnomalies(deps).execute(dataset, { threshold: { kind: 'fixed', value: 2 } })
    expect(deps.events.published()).toHaveLength(2)
  })
})

describe('a stored model', () => {
  it('scores later rows as the detector it was fitted with, whatever the order of their columns', async () => {
    const deps = parts()
    const model = await new TrainModel(deps).execute('pump', dataset, { contamination: 0.02, seed: 3 })
    expect(model).toMatchObject({
      name: 'pump',
      version: 1,
      algorithm: 'iforest',
      metrics: { rows: 100, anomalies: 2 },
    })
    const later = datasetFromColumns({ humidity: [50.5, 50.5], extra: [1, 2], temperature: [20.5, 60] })
    const result = await new ScoreWithModel(deps).execute({ name: 'pump' }, later)
    expect([...result.predictions]).toEqual([0, 1])
    const expected = detect(dataset, { contamination: 0.02, seed: 3 })
    expect(model.threshold).toBe(expected.threshold)
    const again = await new ScoreWithModel(deps).execute({ name: 'pump', version: 1 }, dataset)
    expect(again.scores).toEqual(expected.scores)
    expect(deps.events.published()[0]?.type).toBe('nomaly.model.trained')
  })

  it('keeps the scale that it was fitted on, and scores later rows by it', async () => {
    const deps = parts()
    const options = { detector: 'knn', contamination: 0.02 } as const
    const model = await new TrainModel(deps).execute('pump', dataset, { ...options, normalize: 'robust' })
    const result = await new ScoreWithModel(deps).execute({ name: 'pump' }, dataset)
    const by = normalizationOf(dataset, 'robust')
    const fitted = configureDetector('knn').fit(normalize(dataset, by))

    expect(model.normalization).toEqual({ method: 'robust', center: [...by.center], scale: [...by.scale] })
    expect(model.threshold).toBe(detect(normalize(dataset, by), options).threshold)
    expect(result.scores).toEqual(fitted.score(normalize(dataset, by)))
    expect(result.anomalies(1)[0]?.features[0]).toMatchObject({ feature: 'temperature', value: 60 })
    await expect(
      new TrainModel(deps).execute('pump', dataset, { normalize: 'log' } as unknown as TrainingOptions),
    ).rejects.toThrow(/training options: normalize/)
  })

  it('refuses what it cannot score', async () => {
    const deps = parts()
    await new TrainModel(deps).execute('pump', dataset)
    const score = (name: string, columns: Record<string, number[]>, version?: number) =>
      new ScoreWithModel(deps).execute({ name, version }, datasetFromColumns(columns))
    await expect(score('pump', { temperature: [1] })).rejects.toThrow(/needs columns that the data lack: humidity/)
    await expect(score('valve', { a: [1] })).rejects.toThrow("there is no model 'valve'; there are: pump@1")
    await expect(score('pump', { a: [1] }, 7)).rejects.toThrow("there is no model 'pump@7'")
    await expect(score('../pump', { a: [1] })).rejects.toThrow(/cannot name a model/)
    await expect(new TrainModel(deps).execute('', dataset)).rejects.toThrow(/cannot name a model/)
  })
})

describe('EvaluateDetectors', () => {
  it('measures each detector’s ranking of the same rows', async () => {
    let cpuMs = 0
    const clock = { ...parts().clock, cpuMs: () => (cpuMs += 7) }
    const labels = new Uint8Array(100)
    labels[99] = 1
    const table = await new EvaluateDetectors({ clock }).execute(dataset, labels, {
      detectors: ['ecod', 'iforest'],
      standardize: true,
    })
    expect(table).toMatchObject([
      {
        detector: 'ecod',
        rocAuc: 1,
        averagePrecision: 1,
        precisionAtN: 1,
        fitMs: 5,
        scoreMs: 5,
        fitCpuMs: 7,
        scoreCpuMs: 7,
        rows: 100,
        features: 2,
      },
      { detector: 'iforest', rocAuc: 1 },
    ])
  })

  it('refuses labels of one kind', async () => {
    const evaluate = new EvaluateDetectors(parts())
    await expect(evaluate.execute(dataset, new Uint8Array(100), { detectors: ['ecod'] })).rejects.toThrow(
      /all 100 labels are 0/,
    )
  })

  it('measures by the rows that have a label, though it learns from all', async () => {
    const evaluate = new EvaluateDetectors(parts())
    const labels = new Uint8Array(100)
    labels[99] = 1
    labels[0] = 1 // looks as the others do
    const options = { detectors: ['ecod'] }
    const [all] = await evaluate.execute(dataset, labels, options)
    expect(all?.rocAuc).toBeLessThan(1)
    const [some] = await evaluate.execute(dataset, labels, { ...options, labelled: [99, 3, 5] })
    expect(some).toMatchObject({ rocAuc: 1, averagePrecision: 1, precisionAtN: 1, rows: 100 })
    const every = { ...options, labelled: [...labels.keys()] }
    expect((await evaluate.execute(dataset, labels, every))[0]?.rocAuc).toBe(all?.rocAuc)
  })
})
