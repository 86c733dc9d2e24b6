import { describe, expect, it } from 'vitest'

import { AnomalyDetectionError } from '../errors.ts'
import { GraphBuilder } from './graph-builder.ts'
import { onnxFileOf } from './model-proto.ts'
import { ProtobufWriter } from './protobuf/protobuf-writer.ts'
import { readOnnxSummary } from './read-model.ts'

/** rows + [1, 2], named `score`. */
function smallModel(): Uint8Array<ArrayBuffer> {
  const graph = new GraphBuilder()
  graph.output('score', graph.op('Add', ['rows', graph.doubles([1, 2])]))
  return onnxFileOf({
    irVersion: 8,
    opsets: { '': 17 },
    metadata: { made: 'here' },
    graph: {
      name: 'small',
      nodes: graph.nodes,
      constants: graph.constants,
      inputs: [{ name: 'rows', type: 'double', dims: ['n', 2] }],
      outputs: [{ name: 'score', type: 'double', dims: ['n', 2] }],
    },
  })
}

const output = new ProtobufWriter().string(1, 'y')
const modelWith = (graph: ProtobufWriter): Uint8Array =>
  new ProtobufWriter().int(1, 8).message(7, graph.message(12, output)).finish()
const tensorWith = (tensor: ProtobufWriter): Uint8Array => modelWith(new ProtobufWriter().message(5, tensor))

const codeOf = (read: () => unknown): string => {
  try {
    read()
    return 'read'
  } catch (error) {
    return AnomalyDetectionError.is(error) ? error.code : String(error)
  }
}

describe('readOnnxSummary', () => {
  it('tells what comes in, what goes out, and what is in between', () => {
    expect(readOnnxSummary(smallModel())).toEqual({
      producer: 'nomaly',
      inputs: [{ name: 'rows', type: 'double', dims: ['n', 2] }],
      outputs: [{ name: 'score', type: 'double', dims: ['n', 2] }],
      opsets: new Map([['', 17]]),
      operators: ['Add', 'Identity'],
      nodes: 2,
      tensors: 1,
      metadata: new Map([['made', 'here']]),
    })
  })

  it('refuses a file that is cut short anywhere, or no model at all', () => {
    const whole = smallModel()
    for (let length = 0; length < whole.length; length++) {
      expect(['anomaly-detection/onnx-invalid-model', 'read']).toContain(
        codeOf(() => readOnnxSummary(whole.subarray(0, length))),
      )
    }
    expect(codeOf(() => readOnnxSummary(whole.subarray(0, 60)))).toBe('anomaly-detection/onnx-invalid-model')
    expect(() => readOnnxSummary(new TextEncoder().encode('a,b\n1,2\n'))).toThrow(/no ONNX model, or a damaged one/)
  })

  it('throws nothing else at bytes that were changed', () => {
    const whole = smallModel()
    for (let at = 0; at < whole.length; at++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const changed = whole.slice()
        changed[at] = (changed[at] ?? 0) ^ change
        expect(codeOf(() => readOnnxSummary(changed))).toMatch(
          /^(read|anomaly-detection\/onnx-(invalid-model|limit-exceeded))$/,
        )
      }
    }
  })

  it.each([
    ['bytes', smallModel().length - 1],
    ['nodes', 1],
    ['tensors', 0],
    ['elements', 1],
    ['depth', 0],
  ] as const)('holds the limit of %s, and says which one it is', (limit, allowed) => {
    const read = (): unknown => readOnnxSummary(smallModel(), { [limit]: allowed })

    expect(codeOf(read)).toBe('anomaly-detection/onnx-limit-exceeded')
    expect(read).toThrow(`${allowed} are allowed; where you trust it, raise the limit '${limit}'`)
  })

  it('counts what lies within operators, however deep', () => {
    let graph = new ProtobufWriter().message(1, new ProtobufWriter().string(4, 'Innermost'))
    for (let depth = 0; depth < 9; depth++) {
      const body = new ProtobufWriter().string(1, 'body').message(6, graph)
      graph = new ProtobufWriter().message(1, new ProtobufWriter().string(4, 'Loop').message(5, body))
    }
    const file = modelWith(graph)

    expect(codeOf(() => readOnnxSummary(file))).toBe('anomaly-detection/onnx-limit-exceeded')
    expect(readOnnxSummary(file, { depth: 10 })).toMatchObject({ nodes: 10, operators: ['Innermost', 'Loop'] })
  })

  it.each([
    [
      'claims more than it holds',
      new ProtobufWriter().ints(1, [1000, 1000]).int(2, 11).bytes(9, new Uint8Array(8)),
      /1000000 elements and holds 8 bytes/,
    ],
    ['claims elements and holds none', new ProtobufWriter().ints(1, [5]).int(2, 1), /5 elements and holds 0 bytes/],
    [
      'lies in another file',
      new ProtobufWriter().ints(1, [1]).int(2, 1).int(14, 1),
      /another file.*save it as one file/,
    ],
    ['has a negative size', new ProtobufWriter().ints(1, [-1, -1]).int(2, 1), /negative dimension/],
  ])('refuses a tensor that %s', (_, tensor, message) => {
    expect(() => readOnnxSummary(tensorWith(tensor))).toThrow(message)
  })

  it('refuses a size past the limit before it is looked for', () => {
    const vast = new ProtobufWriter().ints(1, [2 ** 40, 2 ** 40]).int(2, 11)

    expect(codeOf(() => readOnnxSummary(tensorWith(vast)))).toBe('anomaly-detection/onnx-limit-exceeded')
  })
})
