import { describe, expect, it } from 'vitest'

import { datasetFromColumns, datasetFromRecords, datasetFromRows } from '../domain/dataset-of.ts'
import type { Matrix } from '../domain/matrix.ts'
import { seededRandom } from '../domain/numeric/seeded-random.ts'
import { createMemoryEventPublisher } from '../infrastructure/memory-event-publisher.ts'
import { createMemoryModelRepository } from '../infrastructure/memory-model-repository.ts'
import { randomIds } from '../infrastructure/random-ids.ts'
import { systemClock } from '../infrastructure/system-clock.ts'
import { detectorIds } from './catalogue/catalogue.ts'
import { explain, ExplainResults, type ExplainResultsOptions } from './explain-results.ts'
import { explanationMethodsOf } from './explanation/explanation-methods.ts'
import type { ExplanationOptions } from './explanation/explanation-options.ts'
import { ScoreWithModel } from './score-with-model.ts'
import { TrainModel } from './train-model.ts'

const random = seededRandom(4)
const usual = Array.from({ length: 60 }, () => ({
  temperature: 20 + random(),
  humidity: 40 + 10 * random(),
  load: random(),
}))
const dataset = datasetFromRecords([...usual, { temperature: 35, humidity: 45, load: 0.5 }])
const ODD = 60
// too few rows for a network, and ABOD holds the background, which it was fitted to, for duplicates of itself
const UNLIKE: ReadonlyArray<string> = ['auto_encoder', 'abod']

describe('ExplainResults', () => {
  it('explains the anomalies, highest first, and has them carry it', async () => {
    const { result, explanations, importance } = await explained({
      detection: { contamination: 0.05 },
      explanation: { limit: 2 },
    })
    expect(importance).toBeUndefined()
    expect(result.anomalyCount).toBe(3)
    expect(explanations).toHaveLength(2)
    const [anomaly, , third] = result.anomalies()
    expect(anomaly?.explanation).toBe(explanations[0])
    expect(third?.explanation).toBeUndefined()
    expect(explanations[0]).toMatchObject({
      kind: 'attribution',
      method: 'tree-shap',
      detector: 'iforest',
      output: 'negative-path-length',
      row: ODD,
      fit: null,
      counterfactual: { outcome: 'found', feature: 'temperature', from: 35, isExact: true },
    })
    expect(explanations[0]?.contributions[0]).toMatchObject({ feature: 'temperature', value: 35, standardError: 0 })
    expect(explanations[0]?.contributions[0]?.contribution).toBeGreaterThan(1)
    const { counterfactual, threshold } = explanations[0] ?? {}
    expect(counterfactual?.outcome === 'found' && counterfactual.score <= (threshold ?? 0)).toBe(true)
    expect(JSON.parse(JSON.stringify(result)) as object).toHaveProperty('anomalies.0.explanation.method', 'tree-shap')
  })

  it.each(detectorIds.filter((id) => !UNLIKE.includes(id)))(
    'blames the feature that is off in %s, and adds up',
    async (id) => {
      const { explanations } = await explained({
        detection: { detector: id, threshold: { kind: 'fixed', value: -1e9 } },
        explanation: { rows: [ODD], counterfactual: false },
      })
      const [one] = explanations
      expect(one?.method).toBe(explanationMethodsOf(id)[0])
      expect(one?.contributions[0]?.feature).toBe('temperature')
      expect(one?.contributions[0]?.contribution).toBeGreaterThan(0)
      expect(Math.abs(one?.residual ?? 1) / Math.max(1, Math.abs(one?.outputValue ?? 0))).toBeLessThan(1e-9)
    },
  )

  it('explains a row by the others where it would be its own neighbour', async () => {
    const { explanations } = await explained({
      detection: { detector: 'knn', parameters: { nNeighbors: 1 } },
      explanation: { rows: [ODD] },
    })
    // as a new row beside itself it would be at distance 0
    expect(explanations[0]?.outputValue).toBeCloseTo(explanations[0]?.score ?? 0, 9)
    expect(explanations[0]?.outputValue).toBeGreaterThan(10)
    expect(explanations[0]?.counterfactual).toMatchObject({ outcome: 'found', feature: 'temperature', isExact: false })
    const few = datasetFromRows(Array.from({ length: 12 }, (_, i) => [i === 11 ? 99 : i % 4, i % 3]))
    const all = await explained(
      { detection: { detector: 'knn', parameters: { nNeighbors: 11 } }, explanation: { rows: [11] } },
      few,
    )
    expect(all.explanations[0]?.contributions[0]?.feature).toBe('column_1')
  })

  it('fits a surrogate by LIME, tells how well, and is the same for the same seed', async () => {
    const options: ExplainResultsOptions = {
      detection: { detector: 'gmm', seed: 3 },
      explanation: { rows: [ODD], method: 'lime', samples: 500 },
    }
    const { explanations } = await explained(options)
    const [one] = explanations
    expect(one).toMatchObject({ kind: 'surrogate', method: 'lime', output: 'score' })
    expect(one?.fit).toBeGreaterThan(0.5)
    expect(one?.contributions[0]?.feature).toBe('temperature')
    expect(one?.contributions[0]?.standardError).toBeGreaterThan(0)
    const sum = one?.contributions.reduce((total, { contribution }) => total + contribution, one.baseValue)
    expect((one?.outputValue ?? 0) - (sum ?? 0)).toBeCloseTo(one?.residual ?? 0, 9)
    expect((await explained(options)).explanations).toEqual(explanations)
  })

  it('tells which features matter to the detector as a whole', async () => {
    const { explanations, importance } = await explained({ explanation: { method: 'permutation', repeats: 2 } })
    expect(explanations).toEqual([])
    expect(importance).toMatchObject({
      kind: 'importance',
      method: 'permutation',
      output: 'score-change',
      baseValue: 0,
    })
    expect(importance?.contributions).toHaveLength(3)
    expect(importance?.contributions[0]?.value).toBeNull()
    const labels = new Uint8Array(61).fill(1, ODD)
    const known = await explained({ explanation: { method: 'permutation' }, labels })
    expect(known.importance).toMatchObject({ output: 'roc-auc', baseValue: 0.5, outputValue: 1 })
  })

  it('explains with a stored model, on its scale, in the units of the data', async () => {
    const deps = parts()
    for (const [name, detector] of [
      ['forest', 'iforest'],
      ['bins', 'hbos'],
    ] as const) {
      await new TrainModel(deps).execute(name, dataset, { detector, normalize: 'z-score', contamination: 0.05 })
    }
    const use = new ExplainResults(deps)
    for (const name of ['forest', 'bins']) {
      const { result, explanations } = await use.execute(dataset, { model: { name }, explanation: { rows: [ODD] } })
      const [one] = explanations
      expect(one?.contributions[0]).toMatchObject({ feature: 'temperature', value: 35 })
      expect(Math.abs(one?.residual ?? 1)).toBeLessThan(1e-9)
      const { counterfactual } = one ?? {}
      expect(counterfactual).toMatchObject({ outcome: 'found', feature: 'temperature', from: 35, isExact: true })
      if (counterfactual?.outcome !== 'found') throw new Error('none was found')
      const mended = datasetFromColumns({ temperature: [Number(counterfactual.to)], humidity: [45], load: [0.5] })
      const again = await new ScoreWithModel(deps).execute({ name }, mended)
      expect(again.scores[0]).toBe(counterfactual.score)
      expect(again.scores[0]).toBeLessThanOrEqual(result.threshold)
    }
  })

  it('explains a model that another runtime scores', async () => {
    const deps = parts()
    const kept = await new TrainModel(deps).execute('m', dataset, { detector: 'hbos' })
    const { id: _, ...rest } = kept
    await deps.models.save({ ...rest, id: 'x', name: 'imported', algorithm: 'onnx', threshold: 25, state: {} })
    const byTemperature = ({ data, rows, columns }: Matrix) =>
      Promise.resolve(Float64Array.from({ length: rows }, (__, row) => data[row * columns] ?? 0))
    const use = new ExplainResults({ ...deps, onnx: { score: (___, x) => byTemperature(x) } })
    const { explanations } = await use.execute(dataset, { model: { name: 'imported' } })
    expect(explanations).toHaveLength(1)
    expect(explanations[0]).toMatchObject({
      row: ODD,
      method: 'kernel-shap',
      detector: 'onnx',
      contributions: [{ feature: 'temperature' }, { contribution: 0 }, { contribution: 0 }],
      counterfactual: { outcome: 'found', feature: 'temperature', to: expect.closeTo(25, 9), isExact: false },
    })
  })

  it('takes what is usual from elsewhere, and needs none where the method needs none', async () => {
    const deps = parts()
    await new TrainModel(deps).execute('m', dataset, { detector: 'iforest' })
    const single = datasetFromColumns({ temperature: [35], humidity: [45], load: [0.5] })
    const use = new ExplainResults(deps)
    const byTrees = await use.execute(single, { model: { name: 'm' }, explanation: { rows: [0] } })
    expect(byTrees.explanations[0]).toMatchObject({ method: 'tree-shap', row: 0 })
    expect(byTrees.explanations[0]).not.toHaveProperty('counterfactual')
    const kernel: ExplanationOptions = { rows: [0], method: 'kernel-shap' }
    const refused = use.execute(single, { model: { name: 'm' }, explanation: kernel })
    await expect(refused).rejects.toMatchObject({
      code: 'anomaly-detection/background-too-small',
      message: expect.stringMatching(/^Kernel SHAP needs at least 10 rows .* there is 1; give more rows/),
    })
    const told = await use.execute(single, { model: { name: 'm' }, explanation: kernel, background: dataset })
    expect(told.explanations[0]).toMatchObject({ method: 'kernel-shap', counterfactual: { outcome: 'found' } })
    for (const [method, what] of [
      ['lime', 'LIME'],
      ['permutation', 'permutation importance'],
      ['tree-shap', 'a counterfactual'],
    ] as const) {
      const explanation = { method, counterfactual: true }
      await expect(use.execute(single, { model: { name: 'm' }, explanation })).rejects.toThrow(
        `${what} needs at least 10`,
      )
    }
  })

  it('counts rows that were dropped, and says so of one of them', async () => {
    const rows = [[null, 1], ...Array.from({ length: 20 }, (_, i) => [i % 5, i % 3]), [90, 1]]
    const dropped = datasetFromRows(rows, { missing: 'drop' })
    const { explanations } = await explained({ explanation: { rows: [21] } }, dropped)
    expect(explanations[0]).toMatchObject({ row: 21, contributions: [{ feature: 'column_1', value: 90 }, {}] })
    await expect(explained({ explanation: { rows: [0] } }, dropped)).rejects.toMatchObject({
      code: 'anomaly-detection/row-out-of-range',
      message: 'row 0 was left out, as it lacks a value',
      details: { row: 0, isDropped: true },
    })
  })

  it.each([
    [{ rows: [61] }, 'row-out-of-range', /no row 61; rows are numbered from 0 to 60/],
    [{ rows: [-1] }, 'row-out-of-range', /no row -1/],
    [{ rows: [1.5] }, 'row-out-of-range', /no row 1.5/],
    [
      { method: 'shap' },
      'unknown-method',
      /no method "shap"; there are: auto, tree-shap, contributions, kernel-shap, lime/,
    ],
    [
      { method: 'contributions' },
      'unsuitable-method',
      /explains ecod, .*not iforest; for iforest there are: tree-shap, kernel/,
    ],
    [{ method: 'permutation', rows: [1] }, 'unsuitable-method', /as a whole/],
    [{ samples: 0 }, 'invalid-options', /samples/],
    [{ backgroundRows: 9 }, 'invalid-options', /backgroundRows/],
    [{ roes: [1] }, 'invalid-options', /roes/],
  ])('refuses %o', async (explanation, code, message) => {
    await expect(explained({ explanation: explanation as ExplanationOptions })).rejects.toMatchObject({
      code: `anomaly-detection/${code}`,
      message: expect.stringMatching(message),
    })
  })

  it('refuses Tree SHAP for other forests, a model beside a detector, and work that was cancelled', async () => {
    const eif = explained({ detection: { detector: 'eif' }, explanation: { method: 'tree-shap' } })
    await expect(eif).rejects.toThrow(
      'tree-shap explains iforest, not eif; for eif there are: kernel-shap, lime, permutation',
    )
    const both = explained({ detection: {}, model: { name: 'm' } })
    await expect(both).rejects.toThrow(/either a model or what to detect with/)
    const cancelled = explained({ signal: AbortSignal.abort() })
    await expect(cancelled).rejects.toMatchObject({ code: 'anomaly-detection/cancelled' })
  })

  it('is explain() without the events', async () => {
    const options = { detection: { detector: 'lof', normalize: 'z-score' }, explanation: { limit: 2 } } as const
    const { explanations } = await explained(options)
    expect((await explain(dataset, options)).explanations).toEqual(explanations)
  })

  it('publishes the events of one detection', async () => {
    const deps = parts()
    const { result } = await new ExplainResults(deps).execute(dataset, { detection: { contamination: 0.05 } })
    const events = deps.events.published()
    expect(events.map(({ type }) => type)).toEqual([
      'nomaly.detection.requested',
      'nomaly.detection.completed',
      'nomaly.anomaly.detected',
    ])
    expect(events[1]?.subject).toBe(result.id)
  })
})

function parts() {
  return {
    events: createMemoryEventPublisher(),
    clock: systemClock,
    ids: randomIds,
    models: createMemoryModelRepository(),
  }
}

function explained(options: ExplainResultsOptions, rows = dataset) {
  return new ExplainResults(parts()).execute(rows, options)
}
