import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'

import {
  AnomalyDetectionError,
  configureDetector,
  createMemoryEventPublisher,
  createMemoryModelRepository,
  datasetFromRows,
  type FittedDetector,
  type Matrix,
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
  onnxDetectorIds,
  type OnnxScoring,
  type OnnxSource,
  verifyOnnx,
} from '@nomaly/ai-anomaly-detection/onnx'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'

import { GraphBuilder } from './domain/onnx/graph-builder.ts'
import { onnxFileOf } from './domain/onnx/model-proto.ts'

const runtime = createOnnxRuntime()
const fixtures = join(import.meta.dirname, 'infrastructure/onnx/__fixtures__')

// Three groups, columns of different scale, one of whole numbers with ties, one that follows another.
function sample(rows: number, columns: number, seed: number): Matrix {
  const data = new Float64Array(rows * columns)
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const noise = Math.sin(seed + row * 12.9898 + column * 78.233) * 43_758.5453
      const uniform = noise - Math.floor(noise)
      data[at] = column === 2 ? Math.floor(uniform * 9) : uniform * (column + 1) + (row % 3) * 4
      if (column === 1) data[at] = (data[at] ?? 0) + 0.8 * (data[at - 1] ?? 0)
    }
  }
  return { data, rows, columns }
}

const single = (x: Matrix): Matrix => ({ ...x, data: x.data.map(Math.fround) })

function sourceOf({ id, parameters, columns, state }: FittedDetector, threshold: number): OnnxSource {
  const features = Array.from({ length: columns }, (_, i) => `f${i}`)
  return { algorithm: id, parameters, features, threshold, state }
}

// In this very thread: a thread for each of some hundred files would take most of the time.
async function scoresOf(file: Uint8Array, { data, rows, columns }: Matrix): Promise<Float64Array> {
  const session = await InferenceSession.create(file)
  const isFloat = session.inputMetadata[0]?.isTensor === true && session.inputMetadata[0].type === 'float32'
  const tensor = isFloat
    ? new Tensor('float32', Float32Array.from(data), [rows, columns])
    : new Tensor('float64', data, [rows, columns])
  const { score } = await session.run({ rows: tensor }, ['score'])
  await session.release()
  return Float64Array.from(score?.data as Float64Array) // or Float32Array: numbers
}

const worstOf = (found: Float64Array, expected: Float64Array): number =>
  expected.reduce(
    (worst, score, i) => Math.max(worst, Math.abs((found[i] ?? NaN) - score) / Math.max(1, Math.abs(score))),
    0,
  )

const VARIANTS: ReadonlyArray<readonly [string, Readonly<Record<string, unknown>>]> = [
  ...onnxDetectorIds.map((id) => [id, {}] as const),
  ['eif', { extensionLevel: 1 }],
  ['hbos', { nBins: 40, tol: 0 }],
  ['pca', { method: 'mahalanobis', nComponents: 2 }],
  ['pca', { standardization: false, nSelectedComponents: 1 }],
  ['knn', { method: 'mean', metric: 'manhattan' }],
  ['knn', { method: 'median', metric: 'chebyshev', nNeighbors: 6 }],
  ['lof', { metric: 'chebyshev' }],
  ['gmm', { nComponents: 3 }],
  ['gmm', { nComponents: 2, covarianceType: 'diag' }],
  ['ocsvm', { kernel: 'linear' }],
  ['ocsvm', { kernel: 'poly', degree: 2, coef0: 1 }],
  ['ocsvm', { kernel: 'sigmoid', gamma: 0.02 }],
  ['cblof', { useWeights: true, alpha: 0.5 }],
]

describe.each(VARIANTS)('an exported %s %o', (id, parameters) => {
  const train = sample(250, 4, 1)
  const fresh = sample(120, 4, 7)
  // Ranks and bins of float files compare rounded values with rounded values: as the double rows compare.
  const isRanked = ['ecod', 'copod', 'hbos'].includes(id)

  it.each([
    ['double', 1e-9],
    ['float', 1e-6],
  ] as const)('scores as its model in %s', async (dtype, allowed) => {
    const float = dtype === 'float'
    const fitted = configureDetector(id, parameters).fit(train, { seed: 1 })
    const source = sourceOf(fitted, 0.5)
    const file = await exportOnnx(source, { float })
    for (const x of [train, fresh]) {
      const expected = fitted.score(float && !isRanked ? single(x) : x)
      expect(worstOf(await scoresOf(file, x), expected)).toBeLessThanOrEqual(allowed)
    }
  })

  it('scores as its model where it has a single column, whose factors onnxruntime would round', async () => {
    const x = sample(80, 1, 3)
    const fitted = configureDetector(id, parameters).fit(x, { seed: 2 })

    expect(worstOf(await scoresOf(await exportOnnx(sourceOf(fitted, 0)), x), fitted.score(x))).toBeLessThanOrEqual(1e-9)
  })

  it.each([
    ['rows that are all alike', { data: new Float64Array(120).fill(3.7), rows: 40, columns: 3 }],
    ['few rows', sample(12, 2, 4)],
  ] as const)('scores as its model that was fitted to %s', async (_, x) => {
    const most = { nNeighbors: 3, nClusters: 2, nComponents: 1, nSelectedComponents: 1 }
    const few = Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, most[key as 'nNeighbors'] ?? value]),
    ) // of most, or its own
    const asked = ['knn', 'lof'].includes(id)
      ? { ...few, nNeighbors: 3 }
      : id === 'cblof'
        ? { ...few, nClusters: 2 }
        : few
    const fitted = configureDetector(id, asked).fit(x, { seed: 2 })
    const queries = { ...x, data: x.data.map((value, i) => value + (i % 5 === 0 ? 0.5 : 0)) }
    const file = await exportOnnx(sourceOf(fitted, 0))
    for (const rows of [x, queries]) {
      expect(worstOf(await scoresOf(file, rows), fitted.score(rows))).toBeLessThanOrEqual(1e-9)
    }
  })
})

it('verifies a file by rows such as its model has learned from', async () => {
  const source = sourceOf(configureDetector('loda').fit(sample(100, 4, 1)), 0.5)

  await expect(verifyOnnx(runtime, await exportOnnx(source), source)).resolves.toMatchObject({
    rows: 128,
    allowed: 1e-9,
  })
  const float = await exportOnnx(source, { float: true })
  await expect(verifyOnnx(runtime, float, source)).resolves.toMatchObject({ rows: 128, allowed: 1e-6 })
})

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

describe('the runtime', () => {
  const codeOf = (error: unknown): string => (AnomalyDetectionError.is(error) ? error.code : String(error))
  const modelOf = (build: (graph: GraphBuilder) => string, opset = 17): Uint8Array<ArrayBuffer> => {
    const graph = new GraphBuilder()
    graph.output('score', build(graph))
    return onnxFileOf({
      irVersion: 8,
      opsets: { '': opset, 'com.example': 1 },
      metadata: {},
      graph: {
        name: 'g',
        nodes: graph.nodes,
        constants: graph.constants,
        inputs: [{ name: 'rows', type: 'double', dims: ['n', 2] }],
        outputs: [{ name: 'score', type: 'double', dims: ['n'] }],
      },
    })
  }
  const sums = (graph: GraphBuilder): string =>
    graph.op('ReduceSum', ['rows', graph.integers([1])], { keepdims: { kind: 'int', value: 0 } })
  const options = { scoring: { direction: 'higher' } } as const
  const rows: Matrix = { data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2 }

  it('leaves the thread that asks free, and gives up when it is told to', async () => {
    const train = sample(3000, 20, 1)
    const file = await exportOnnx(sourceOf(configureDetector('knn').fit(train), 1))
    const detector = await OnnxDetector.open(runtime, file)
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const start = performance.now()
    await detector.score(sample(4000, 20, 2))
    const took = performance.now() - start
    delay.disable()
    expect(took).toBeGreaterThan(100)
    expect(delay.max / 1e6).toBeLessThan(took / 2)

    const controller = new AbortController()
    const long = detector.score(sample(20_000, 20, 3), { signal: controller.signal }).catch(codeOf)
    setTimeout(() => controller.abort(), 50)
    expect(await long).toBe('anomaly-detection/cancelled')
    expect(await detector.score(sample(10, 20, 3)).catch(codeOf)).toBe('anomaly-detection/cancelled')
  })

  it('names an operator that it lacks', async () => {
    const unknown = modelOf((graph) => graph.op('NoSuchOperator', ['rows']))
    const untyped = modelOf((graph) => graph.op('Squeeze', [graph.op('Conv', ['rows', 'rows'])]))
    const future = modelOf(sums, 999)

    for (const [file, message] of [
      [unknown, /lacks the operator .*NoSuchOperator.*update onnxruntime-node/],
      [future, /onnxruntime lacks the operator set of the ONNX model.*target_opset 17/],
    ] as const) {
      const failure = await OnnxDetector.open(runtime, file, options).catch((error: unknown) => error)
      expect([codeOf(failure), String(failure)]).toEqual([
        'anomaly-detection/onnx-unsupported-operator',
        expect.stringMatching(message),
      ])
    }
    expect(await OnnxDetector.open(runtime, untyped, options).catch(codeOf)).toMatch(
      /onnx-(invalid-model|unsupported-operator)$/,
    )
  })

  it('tells a graph that does not fit together, and a run that fails', async () => {
    const loose = modelOf((graph) => graph.op('Neg', ['nothing']))
    const narrow = modelOf((graph) =>
      graph.op('Squeeze', [graph.op('MatMul', ['rows', graph.doubles([1, 2, 3], [3, 1])])]),
    )
    const failing = modelOf((graph) => graph.op('Reshape', ['rows', graph.integers([7])]))

    expect(await OnnxDetector.open(runtime, loose, options).catch(codeOf)).toBe('anomaly-detection/onnx-invalid-model')
    expect(await OnnxDetector.open(runtime, narrow, options).catch(codeOf)).toBe('anomaly-detection/onnx-invalid-model')
    const detector = await OnnxDetector.open(runtime, failing, options)
    await expect(detector.score(rows)).rejects.toThrow(/the ONNX model failed on these rows: .*Reshape/)
    await detector.close()
  })

  it('tells rows that do not fit, and scores that are no numbers', async () => {
    const detector = await OnnxDetector.open(runtime, modelOf(sums), options)
    expect([...(await detector.score(rows))]).toEqual([3, 7])
    expect(await detector.score({ ...rows, columns: 1, rows: 4 }).catch(codeOf)).toBe(
      'anomaly-detection/shape-mismatch',
    )
    await expect(detector.score({ ...rows, data: Float64Array.of(1, 2, NaN, 4) })).rejects.toThrow(
      /row 1, column 0 is NaN/,
    )
    await detector.close()
    const odd = await OnnxDetector.open(
      runtime,
      modelOf((graph) => graph.op('Sqrt', [graph.op('Neg', [sums(graph)])])),
      options,
    )
    expect(await odd.score(rows).catch(codeOf)).toBe('anomaly-detection/onnx-failed')
    await odd.close()
  })

  it('holds a file to the rows that it carries', async () => {
    const fitted = configureDetector('knn').fit(sample(50, 2, 1))
    const file = await exportOnnx(sourceOf(fitted, 1))
    const text = Buffer.from(file).toString('latin1')
    const at = text.indexOf('"scores":[') + '"scores":['.length
    const changed = file.slice()
    changed[at] = text[at] === '9' ? 56 : 57
    const importing = new ImportOnnxModel({
      models: createMemoryModelRepository(),
      onnx: runtime,
      clock: systemClock,
      ids: randomIds,
    })

    await expect(importing.execute('honest', file)).resolves.toMatchObject({
      algorithm: 'onnx',
      features: ['f0', 'f1'],
    })
    expect(await importing.execute('changed', changed).catch(codeOf)).toBe('anomaly-detection/onnx-mismatch')
    await expect(
      verifyOnnx(runtime, file, sourceOf(configureDetector('knn').fit(sample(50, 2, 9)), 1)),
    ).rejects.toThrow(/scores otherwise than its model: row \d+ gets .* and should get/)
  })

  it('takes no number of threads that cannot be', () => {
    expect(() => createOnnxRuntime({ threads: 0 })).toThrow(/0 threads asked for/)
  })

  it('says what to install where onnxruntime-node is missing, and lets the process end', async () => {
    const hook = `resolve:(name,context,next)=>name==='onnxruntime-node'?next('no-such-package',context):next(name,context)`
    const lacking = `import{registerHooks}from'node:module';registerHooks({${hook}})`
    const script = `
      import { createOnnxRuntime } from '@nomaly/ai-anomaly-detection/onnx'
      await createOnnxRuntime().open(new Uint8Array(8), {}).catch((e) => console.log(e.code, e.message))
    `
    const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${lacking}` }
    const told = await new Promise<string>((resolve, reject) => {
      execFile(
        process.execPath,
        ['--input-type=module', '-e', script],
        { cwd: import.meta.dirname, env, timeout: 20_000 },
        (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
      )
    })

    expect(told).toMatch(/^anomaly-detection\/missing-package .*npm install onnxruntime-node/)
  })
})
