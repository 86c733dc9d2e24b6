import { beforeAll, describe, expect, it } from 'vitest'

import { DetectAnomalies } from '../../application/detect-anomalies.ts'
import { ExplainResults } from '../../application/explain-results.ts'
import { ScoreWithModel } from '../../application/score-with-model.ts'
import { TrainModel } from '../../application/train-model.ts'
import { createMemoryEventPublisher } from '../../infrastructure/memory-event-publisher.ts'
import { createMemoryModelRepository } from '../../infrastructure/memory-model-repository.ts'
import { randomIds } from '../../infrastructure/random-ids.ts'
import { systemClock } from '../../infrastructure/system-clock.ts'
import { createDetectionRoutes } from './detection-routes.ts'
import { createInferenceRoutes } from './inference-routes.ts'

const models = createMemoryModelRepository()
const deps = { events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds, models }
const scoring = new ScoreWithModel(deps)
const routes = createDetectionRoutes({
  detection: new DetectAnomalies(deps),
  training: new TrainModel(deps),
  explaining: new ExplainResults(deps),
  scoring,
  models,
  mostBodyBytes: 100_000,
  openDataset: (id) =>
    Promise.resolve({
      columns: [{ name: id, kind: 'number' }],
      batches: (async function* () {
        yield { rows: 5, columns: [{ kind: 'number', name: id, values: Float64Array.of(1, 2, 1, 2, 90) }] as const }
      })(),
    }),
})
const inference = createInferenceRoutes({ models, scoring, server: { name: 'nomaly', version: '0' } })

const rows = [...Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]), [9, -9]]

async function post(app: typeof routes | typeof inference, path: string, body: unknown) {
  const answer = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, type: answer.headers.get('content-type'), body: (await answer.json()) as never }
}

beforeAll(async () => {
  const trained = await post(routes, '/models/pumps/versions', {
    rows,
    columns: ['a', 'b'],
    contamination: 0.02,
    seed: 1,
  })
  expect(trained.status).toBe(201)
  expect(trained.body).toMatchObject({ name: 'pumps', version: 1, features: ['a', 'b'], metrics: { anomalies: 2 } })
  expect(trained.body).not.toHaveProperty('state')
})

describe('POST /detect', () => {
  it('finds what does not belong, among lists, records and kept data sets', async () => {
    const options = { detector: 'ecod', contamination: 0.02 }
    const lists = await post(routes, '/detect', { rows, ...options })
    expect(lists).toMatchObject({
      status: 200,
      body: { algorithm: 'ecod', anomalies: expect.arrayContaining([expect.objectContaining({ index: 60 })]) },
    })
    const records = await post(routes, '/detect', { rows: rows.map(([a, b]) => ({ a, b })), ...options })
    expect((records.body as { scores: unknown }).scores).toEqual((lists.body as { scores: unknown }).scores)
    const kept = await post(routes, '/detect', { dataset: 'pressure', detector: 'mad', contamination: 0.2 })
    expect(kept.body).toMatchObject({ anomalies: [{ index: 4, features: [{ feature: 'pressure' }] }] })
  })

  it('scores with a kept model, cut where it is told', async () => {
    const model = { name: 'pumps' }
    expect(
      (
        await post(routes, '/detect', {
          rows: [
            [0, 0],
            [9, -9],
          ],
          model,
          columns: ['a', 'b'],
        })
      ).body,
    ).toMatchObject({
      metadata: { model: { name: 'pumps', version: 1 } },
      anomalies: [{ index: 1 }],
    })
    const all = await post(routes, '/detect', { rows: [{ b: 0, a: 0 }], model, threshold: 0 })
    expect(all.body).toMatchObject({ threshold: 0, anomalies: [{ index: 0 }] })
  })

  it.each<readonly [unknown, number, string]>([
    [{ rows: [], detector: 'ecod' }, 400, 'rows: Too small'],
    [{ rows, contamination: 2 }, 400, 'contamination: '],
    [{ rows, what: 1 }, 400, 'Unrecognized key'],
    ['{"rows": [', 400, 'Malformed JSON'],
    [{ detector: 'ecod' }, 422, 'either "rows" or the id of a "dataset"'],
    [{ rows, detector: 'iforst' }, 404, 'there are: iforest'],
    [{ rows, parameters: { nEstimators: -1 } }, 422, 'nEstimators'],
    [{ rows, model: { name: 'valves' } }, 404, 'there are: pumps@1'],
    [{ rows: [[1, 2], [3]] }, 422, 'row 1 has 1 values'],
    [{ rows: [1, 2] }, 422, 'row 0 is neither'],
    [{ rows: [[1, 2], null] }, 422, 'row 1 is not a list'],
    [{ rows: [[1, 2], { a: 1 }] }, 422, 'row 1 is not a list'],
    [{ rows: [[1, 'two']] }, 422, 'holds a string'],
    [{ rows: [[1, null]] }, 422, 'missing'],
    [{ rows: Array.from({ length: 30_000 }, () => [1, 2]) }, 413, 'more than 100000 bytes'],
  ])('refuses case %#', async (body, status, detail) => {
    const answer = await post(routes, '/detect', body)
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json',
      body: { status, type: expect.stringMatching(/^urn:nomaly:/), detail: expect.stringContaining(detail) },
    })
  })
})

describe('the other routes of detection', () => {
  it('explain', async () => {
    const answer = await post(routes, '/explain', {
      rows,
      model: { name: 'pumps' },
      columns: ['a', 'b'],
      explanation: { rows: [60] },
    })
    expect(answer).toMatchObject({ status: 200, body: { explanations: [{ row: 60, method: 'tree-shap' }] } })
  })

  it('list detectors and models, and remove a version', async () => {
    const { items } = (await (await routes.request('/detectors')).json()) as { items: Array<{ id: string }> } // as described
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(['iforest', 'ensemble', 'auto']))
    expect((await routes.request('/detectors/nope')).status).toBe(404)
    const series = (await (await routes.request('/series-detectors')).json()) as { items: Array<{ id: string }> } // as described
    expect(series.items[0]).toMatchObject({ id: 'seasonal-baseline', parameters: { properties: { period: {} } } })
    await post(routes, '/models/pumps/versions', { rows, columns: ['a', 'b'], detector: 'ecod' })
    expect(await (await routes.request('/models/pumps')).json()).toMatchObject({
      items: [{ version: 1 }, { version: 2 }],
    })
    expect((await routes.request('/models/pumps/versions/2', { method: 'DELETE' })).status).toBe(204)
    expect((await routes.request('/models/pumps/versions/2', { method: 'DELETE' })).status).toBe(404)
    expect((await routes.request('/models/pumps/versions/1')).status).toBe(200)
  })

  it('describe themselves', () => {
    const { paths, components } = routes.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } })
    expect(Object.keys(paths ?? {})).toEqual(
      expect.arrayContaining(['/detect', '/explain', '/models/{name}/versions/{version}']),
    )
    expect(Object.keys(components?.schemas ?? {})).toEqual(
      expect.arrayContaining(['Detection', 'Model', 'DetectRequest']),
    )
  })
})

describe('the open inference protocol', () => {
  it('tells what a model reads, and infers from one tensor or one a feature', async () => {
    expect(await (await inference.request('/models/pumps')).json()).toMatchObject({
      name: 'pumps',
      versions: ['1'],
      inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 2] }],
    })
    const flat = { inputs: [{ name: 'x', shape: [2, 2], datatype: 'FP64', data: [0, 0, 9, -9] }], id: 'one' }
    const one = await post(inference, '/models/pumps/infer', flat)
    expect(one).toMatchObject({
      status: 200,
      body: {
        model_name: 'pumps',
        model_version: '1',
        id: 'one',
        outputs: [{ name: 'score' }, { data: [false, true] }],
      },
    })
    const inputs = [
      { name: 'b', shape: [2], datatype: 'INT32', data: [0, -9] },
      { name: 'a', shape: [2], datatype: 'INT32', data: [0, 9] },
    ]
    const many = await post(inference, '/models/pumps/versions/1/infer', { inputs, outputs: [{ name: 'score' }] })
    const scores = (one.body as { outputs: ReadonlyArray<unknown> }).outputs[0]
    expect(many.body).toMatchObject({ outputs: [scores] })
  })

  it.each([
    ['/models/valves/infer', { inputs: [{ name: 'x', shape: [1, 2], datatype: 'FP64', data: [0, 0] }] }, 404, 'valves'],
    [
      '/models/pumps/versions/x/infer',
      { inputs: [{ name: 'x', shape: [1, 2], datatype: 'FP64', data: [0, 0] }] },
      404,
      '"x"',
    ],
    [
      '/models/pumps/infer',
      { inputs: [{ name: 'x', shape: [1, 3], datatype: 'FP64', data: [0, 0, 0] }] },
      400,
      '3 columns',
    ],
    [
      '/models/pumps/infer',
      { inputs: [{ name: 'x', shape: [2, 2], datatype: 'FP64', data: [0, 0] }] },
      400,
      'its shape needs 4',
    ],
    [
      '/models/pumps/infer',
      { inputs: [{ name: 'x', shape: [1, 2], datatype: 'BYTES', data: ['a', 'b'] }] },
      400,
      'datatype',
    ],
    ['/models/pumps/infer', '{', 400, 'the body'],
  ])('refuses %s, case %#', async (path, body, status, error) => {
    expect(await post(inference, path, body)).toMatchObject({ status, body: { error: expect.stringContaining(error) } })
  })
})
