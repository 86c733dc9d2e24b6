import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import {
  createMemoryEventPublisher,
  createMemoryModelRepository,
  datasetFromRows,
  type ExplainedResult,
  ExplainResults,
  randomIds,
  ScoreWithModel,
  systemClock,
  TrainModel,
} from '@nomaly/ai-anomaly-detection'
import {
  createOnnxRuntime,
  createOnnxScorer,
  exportOnnx,
  ExportModel,
  ImportOnnxModel,
  OnnxDetector,
  type OnnxScoring,
} from '@nomaly/ai-anomaly-detection/onnx'
import { describe, expect, it } from 'vitest'

import { worstOf } from './infrastructure/onnx/__fixtures__/sample.ts'

const runtime = createOnnxRuntime()
const fixtures = join(import.meta.dirname, 'infrastructure/onnx/__fixtures__')

describe('a kept model', () => {
  const dataset = datasetFromRows(
    Array.from({ length: 90 }, (_, i) => [Math.sin(i) * 5, Math.cos(i * 1.3), i === 40 ? 9 : 0.1 * (i % 4)]),
  )
  const models = createMemoryModelRepository()
  const deps = { models, events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds, onnx: runtime }
  const scoring = new ScoreWithModel({ ...deps, onnx: createOnnxScorer(runtime) })

  it.each(['iforest', 'pca', 'hbos', 'eif', 'knn'])(
    '%s goes out with its scale and comes in again',
    async (detector) => {
      await new TrainModel(deps).execute(detector, dataset, { detector, normalize: 'z-score', contamination: 0.05 })
      const { file, verification } = await new ExportModel(deps).execute({ name: detector }, { verify: true })
      await new ImportOnnxModel(deps).execute('twin', file)
      const own = await scoring.execute({ name: detector }, dataset)
      const twin = await scoring.execute({ name: 'twin' }, dataset)

      expect(verification?.worst).toBeLessThanOrEqual(1e-9)
      expect(twin.threshold).toBe(own.threshold)
      expect(twin.predictions).toEqual(own.predictions)
      expect(worstOf(twin.scores, own.scores)).toBeLessThanOrEqual(1e-9)
    },
  )

  it('carries the hash of its training rows', async () => {
    const model = await new TrainModel(deps).execute('hashed', dataset, { detector: 'hbos' })
    const again = await new TrainModel(deps).execute('hashed', dataset, { detector: 'ecod' })
    const other = await new TrainModel(deps).execute('hashed', { ...dataset, data: dataset.data.map((v) => v * 2) })
    const { file } = await new ExportModel(deps).execute({ name: 'hashed', version: 1 })
    const opened = await OnnxDetector.open(runtime, file)
    await opened.close()

    expect(model.trainingHash).toMatch(/^[0-9a-f]{64}$/)
    expect(again.trainingHash).toBe(model.trainingHash)
    expect(other.trainingHash).not.toBe(model.trainingHash)
    expect(opened.metadata?.trainingHash).toBe(model.trainingHash)
  })

  it('labels the rows above its threshold', async () => {
    const model = await new TrainModel(deps).execute('labelled', dataset, { detector: 'knn', contamination: 0.1 })
    for (const float of [false, true]) {
      const session = await runtime.open(await exportOnnx(model, { float }), { signal: undefined })
      const dims = [dataset.rows, dataset.columns]
      const rows = float
        ? ({ type: 'float', dims, data: Float32Array.from(dataset.data) } as const)
        : ({ type: 'double', dims, data: dataset.data } as const)
      const { data } = await session.run({ rows }, 'label', { signal: undefined })
      await session.close()
      const { predictions } = await scoring.execute({ name: 'labelled' }, dataset)
      expect(Array.from(data, Number)).toEqual([...predictions])
    }
  })

  it('that was imported is no model to export, and takes its threshold from rows or a number', async () => {
    const file = readFileSync(join(fixtures, 'sklearn-isolation-forest.onnx'))
    const importing = new ImportOnnxModel(deps)
    const options = { scoring: { output: 'score_samples', direction: 'lower' } } as const
    const rows = datasetFromRows(Array.from({ length: 40 }, (_, i) => [20 + Math.sin(i), 45, 1013, 0.1 * (i % 9)]))

    await expect(importing.execute('sk', file, options)).rejects.toThrow(/give a threshold, or rows to take it from/)
    const cut = await importing.execute('sk', file, { ...options, threshold: -0.6 })
    const taken = await importing.execute('sk', file, {
      ...options,
      unnamedFeatures: rows.features,
      rows,
      contamination: 0.1,
    })
    expect(cut.threshold).toBe(0.6)
    expect(taken.metrics).toMatchObject({ rows: 40, anomalies: 4 })
    expect((await scoring.execute({ name: 'sk' }, rows)).anomalyCount).toBe(4)
    await expect(new ExportModel(deps).execute({ name: 'sk' })).rejects.toThrow(
      /was imported from an ONNX file: use that file/,
    )
  })

  it('is explained as its twin that was never out', async () => {
    await new TrainModel(deps).execute('explained', dataset, { detector: 'gmm' })
    const { file } = await new ExportModel(deps).execute({ name: 'explained' })
    await new ImportOnnxModel(deps).execute('explained-twin', file)
    const explaining = new ExplainResults({ ...deps, onnx: createOnnxScorer(runtime) })
    const explanation = { rows: [40], method: 'kernel-shap' } as const
    const own = await explaining.execute(dataset, { model: { name: 'explained' }, explanation })
    const twin = await explaining.execute(dataset, { model: { name: 'explained-twin' }, explanation })
    const shares = ({ explanations }: ExplainedResult): ReadonlyArray<number> =>
      explanations[0]?.contributions.map(({ contribution }) => contribution) ?? []

    expect(shares(own)).toHaveLength(3)
    for (const [i, share] of shares(own).entries()) expect(shares(twin)[i]).toBeCloseTo(share, 6)
  })

  it('goes on for who waits for it where another gives up, until the scorer is closed', async () => {
    const { file } = await new ExportModel(deps).execute({ name: 'explained' })
    await new ImportOnnxModel(deps).execute('shared', file)
    const scorer = createOnnxScorer(runtime)
    const shared = new ScoreWithModel({ ...deps, onnx: scorer })
    const controller = new AbortController()
    const given = shared.execute({ name: 'shared' }, dataset, { signal: controller.signal })
    const waiting = shared.execute({ name: 'shared' }, dataset)
    controller.abort()

    await expect(given).rejects.toMatchObject({ code: 'anomaly-detection/cancelled' })
    expect((await waiting).scores).toHaveLength(dataset.rows)
    await scorer.close()
    await expect(shared.execute({ name: 'shared' }, dataset)).rejects.toMatchObject({
      code: 'anomaly-detection/cancelled',
    })
  })

  it('is refused by who has no runtime', async () => {
    const { file } = await new ExportModel(deps).execute({ name: 'hashed' })
    await new ImportOnnxModel(deps).execute('lonely', file)

    await expect(new ScoreWithModel({ ...deps, onnx: undefined }).execute({ name: 'lonely' }, dataset)).rejects.toThrow(
      /lonely@1 is an ONNX model: give ScoreWithModel an 'onnx' scorer/,
    )
    await expect(new ExportModel({ models }).execute({ name: 'hashed' }, { verify: true })).rejects.toThrow(
      /verifying an ONNX file needs a runtime/,
    )
  })
})

describe('a model from Python', () => {
  it.each([
    ['sklearn-isolation-forest', { output: 'score_samples', direction: 'lower' }, 1e-6],
    ['sklearn-pipeline', { output: 'score_samples', direction: 'lower' }, 1e-9],
    ['pytorch-auto-encoder', { kind: 'reconstruction' }, 1e-6],
  ] as ReadonlyArray<readonly [string, OnnxScoring, number]>)('%s scores as there', async (name, scoring, allowed) => {
    const { features, rows, scores } = JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as {
      readonly features: ReadonlyArray<string>
      readonly rows: ReadonlyArray<ReadonlyArray<number>>
      readonly scores: ReadonlyArray<number>
    }
    const detector = await OnnxDetector.open(runtime, readFileSync(join(fixtures, `${name}.onnx`)), {
      features,
      scoring,
    })
    const found = await detector.score({
      data: Float64Array.from(rows.flat()),
      rows: rows.length,
      columns: features.length,
    })
    await detector.close()

    const sign = scoring.direction === 'lower' ? -1 : 1
    expect(
      worstOf(
        found,
        Float64Array.from(scores, (score) => sign * score),
      ),
    ).toBeLessThanOrEqual(allowed)
  })

  it('is asked about where it leaves a choice', async () => {
    const file = readFileSync(join(fixtures, 'sklearn-isolation-forest.onnx'))

    await expect(OnnxDetector.open(runtime, file)).rejects.toThrow(/several of its outputs may be the score/)
    await expect(OnnxDetector.open(runtime, file, { features: ['a'] })).rejects.toThrow(
      /takes 4 columns, and 1 are given/,
    )
  })
})
