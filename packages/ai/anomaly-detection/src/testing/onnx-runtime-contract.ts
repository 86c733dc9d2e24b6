import type { OnnxRuntime, OnnxTensor } from '../application/ports/onnx-runtime.ts'
import { GraphBuilder, int } from '../domain/onnx/graph-builder.ts'
import { onnxFileOf } from '../domain/onnx/model-proto.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

const options = { signal: undefined }

/** What every `OnnxRuntime` must keep. */
export function onnxRuntimeContract(it: Case, make: () => Promise<OnnxRuntime>): void {
  it('gives numbers of the kinds that a model gives', async () => {
    const session = await (await make()).open(sums('double'), options)
    const single = await (await make()).open(sums('float'), options)
    const data = Float64Array.of(1, 2, 3, 0.1)

    expectEqual(plain(await session.run({ rows: { type: 'double', dims: [2, 2], data } }, 'score', options)), {
      type: 'double',
      dims: [2],
      values: [3, 3.1],
    })
    const floats: OnnxTensor = { type: 'float', dims: [2, 2], data: Float32Array.from(data) }
    expectEqual(plain(await single.run({ rows: floats }, 'score', options)).values, [3, Math.fround(3.1)])
    const whole = plain(await session.run({ rows: { type: 'double', dims: [2, 2], data } }, 'whole', options))
    expectEqual(whole, { type: 'int64', dims: [2], values: [3, 3] })
    await Promise.all([session.close(), single.close()])
  })

  it('does overlapping runs each for itself', async () => {
    const session = await (await make()).open(sums('double'), options)
    const found = await Promise.all([1, 2, 3].map((value) => session.run(row(value), 'score', options)))

    expectEqual(
      found.map((tensor) => plain(tensor).values),
      [[2], [4], [6]],
    )
    await session.close()
  })

  it('tells a file that is no model, and an operator that it lacks', async () => {
    const runtime = await make()

    await expectCode(runtime.open(new Uint8Array([1, 2, 3]), options), 'anomaly-detection/onnx-invalid-model')
    await expectCode(runtime.open(lackingModel(), options), 'anomaly-detection/onnx-unsupported-operator')
  })

  it('tells a run that fails, and works again', async () => {
    const session = await (await make()).open(sums('double'), options)

    await expectCode(session.run({}, 'score', options), 'anomaly-detection/onnx-failed')
    await expectCode(session.run(row(1), 'nothing', options), 'anomaly-detection/onnx-failed')
    expectEqual(plain(await session.run(row(1), 'score', options)).values, [2])
    await session.close()
  })

  it('gives up once it is told to, and is used up then', async () => {
    const runtime = await make()
    const session = await runtime.open(sums('double'), options)
    const controller = new AbortController()
    const signal = { signal: controller.signal }
    const running = session.run(row(1), 'score', signal)
    controller.abort()

    await expectCode(running, 'anomaly-detection/cancelled')
    await expectCode(session.run(row(1), 'score', options), 'anomaly-detection/cancelled')
    await expectCode(runtime.open(sums('double'), signal), 'anomaly-detection/cancelled')
  })

  it('rejects what waits when it is closed, and what comes after; a second end is harmless', async () => {
    const session = await (await make()).open(sums('double'), options)
    const waiting = expectCode(session.run(row(1), 'score', options), 'anomaly-detection/cancelled')
    await Promise.all([session.close(), session.close(), waiting])

    await expectCode(session.run(row(1), 'score', options), 'anomaly-detection/cancelled')
  })
}

function row(value: number): Readonly<Record<string, OnnxTensor>> {
  return { rows: { type: 'double', dims: [1, 2], data: Float64Array.of(value, value) } }
}

function plain({ type, dims, data }: OnnxTensor): {
  readonly type: string
  readonly dims: ReadonlyArray<number>
  readonly values: ReadonlyArray<number>
} {
  return { type, dims, values: Array.from(data, Number) }
}

// `score` is the sum of a row, `whole` the same as an integer.
function sums(type: 'double' | 'float'): Uint8Array {
  const graph = new GraphBuilder()
  const sum = graph.op('ReduceSum', ['rows', graph.integers([1])], { keepdims: int(0) })
  graph.output('score', sum)
  graph.output('whole', graph.op('Cast', [sum], { to: int(7) }))
  return fileOf(graph, type, ['score', 'whole'])
}

function lackingModel(): Uint8Array {
  const graph = new GraphBuilder()
  graph.output('score', graph.op('NoSuchOperator', ['rows']))
  return fileOf(graph, 'double', ['score'])
}

function fileOf(
  { nodes, constants }: GraphBuilder,
  type: 'double' | 'float',
  outputs: ReadonlyArray<string>,
): Uint8Array {
  return onnxFileOf({
    irVersion: 8,
    opsets: { '': 17 },
    metadata: {},
    graph: {
      name: 'contract',
      nodes,
      constants,
      inputs: [{ name: 'rows', type, dims: ['n', 2] }],
      outputs: outputs.map((name) => ({ name, type: name === 'whole' ? 'int64' : type, dims: ['n'] })),
    },
  })
}
