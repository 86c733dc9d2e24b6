import { execFile } from 'node:child_process'
import { monitorEventLoopDelay } from 'node:perf_hooks'

import {
  AnomalyDetectionError,
  configureDetector,
  createMemoryModelRepository,
  type Matrix,
  randomIds,
  systemClock,
} from '@nomaly/ai-anomaly-detection'
import {
  createOnnxRuntime,
  exportOnnx,
  ImportOnnxModel,
  OnnxDetector,
  verifyOnnx,
} from '@nomaly/ai-anomaly-detection/onnx'
import { onnxRuntimeContract } from '@nomaly/ai-anomaly-detection/testing'
import { describe, expect, it } from 'vitest'

import { GraphBuilder } from './domain/onnx/graph-builder.ts'
import { onnxFileOf } from './domain/onnx/model-proto.ts'
import { sample, sourceOf } from './infrastructure/onnx/__fixtures__/sample.ts'

const runtime = createOnnxRuntime()

describe('threads of onnxruntime-node', () => onnxRuntimeContract(it, () => Promise.resolve(createOnnxRuntime())))

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
    const detector = await OnnxDetector.open(runtime, file, { scoring: { rowsAtOnce: 4000 } }) // in one long run
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
