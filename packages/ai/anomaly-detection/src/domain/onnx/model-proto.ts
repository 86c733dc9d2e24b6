/** ONNX models as plain data, and as the bytes of a file. Source: onnx.proto (IR version 8 to 10); numbers are its field numbers. */
import { elementCode } from './element-type.ts'
import { ProtobufWriter } from './protobuf/protobuf-writer.ts'

/** A constant. */
export interface OnnxConstant {
  readonly name: string
  readonly dims: ReadonlyArray<number>
  readonly values: Float64Array | Float32Array | BigInt64Array | Uint8Array
}

/** A value that comes in or goes out; a text among the dimensions is one that may be of any size. */
export interface OnnxValue {
  readonly name: string
  readonly type: 'float' | 'double' | 'int64'
  readonly dims: ReadonlyArray<number | string>
}

/** A setting of an operator. */
export type OnnxAttribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: ArrayLike<number> }
  | { readonly kind: 'floats'; readonly value: ArrayLike<number> }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'texts'; readonly value: ReadonlyArray<string> }
  | { readonly kind: 'tensor'; readonly value: OnnxConstant }
  | { readonly kind: 'graph'; readonly value: OnnxGraph }

/** An operator at work. */
export interface OnnxNode {
  readonly type: string
  /** Empty: those of ONNX itself. */
  readonly domain: string
  readonly inputs: ReadonlyArray<string>
  readonly outputs: ReadonlyArray<string>
  readonly attributes: Readonly<Record<string, OnnxAttribute>>
}

/** What is computed. */
export interface OnnxGraph {
  readonly name: string
  readonly nodes: ReadonlyArray<OnnxNode>
  readonly constants: ReadonlyArray<OnnxConstant>
  readonly inputs: ReadonlyArray<OnnxValue>
  readonly outputs: ReadonlyArray<OnnxValue>
}

/** A whole model. */
export interface OnnxModel {
  readonly irVersion: number
  /** Operator sets by domain. */
  readonly opsets: Readonly<Record<string, number>>
  readonly graph: OnnxGraph
  readonly metadata: Readonly<Record<string, string>>
}

const ATTRIBUTE_TYPE = { int: 2, text: 3, tensor: 4, graph: 5, floats: 6, ints: 7, texts: 8 } as const

/** The bytes of a model's file. */
export function onnxFileOf({ irVersion, opsets, graph, metadata }: OnnxModel): Uint8Array<ArrayBuffer> {
  const model = new ProtobufWriter().int(1, irVersion).string(2, 'nomaly').message(7, graphProto(graph))
  for (const [domain, version] of Object.entries(opsets)) {
    model.message(8, new ProtobufWriter().string(1, domain).int(2, version))
  }
  for (const [key, value] of Object.entries(metadata)) {
    model.message(14, new ProtobufWriter().string(1, key).string(2, value))
  }
  return model.finish()
}

function graphProto({ name, nodes, constants, inputs, outputs }: OnnxGraph): ProtobufWriter {
  const graph = new ProtobufWriter()
  for (const node of nodes) graph.message(1, nodeProto(node))
  graph.string(2, name)
  for (const constant of constants) graph.message(5, tensorProto(constant))
  for (const input of inputs) graph.message(11, valueProto(input))
  for (const output of outputs) graph.message(12, valueProto(output))
  return graph
}

function nodeProto({ type, domain, inputs, outputs, attributes }: OnnxNode): ProtobufWriter {
  const node = new ProtobufWriter()
  for (const input of inputs) node.string(1, input)
  for (const output of outputs) node.string(2, output)
  node.string(3, outputs[0] ?? type).string(4, type)
  for (const [name, attribute] of Object.entries(attributes)) node.message(5, attributeProto(name, attribute))
  return domain === '' ? node : node.string(7, domain)
}

function attributeProto(name: string, attribute: OnnxAttribute): ProtobufWriter {
  const proto = new ProtobufWriter().string(1, name)
  switch (attribute.kind) {
    case 'int':
      proto.int(3, attribute.value)
      break
    case 'text':
      proto.string(4, attribute.value)
      break
    case 'tensor':
      proto.message(5, tensorProto(attribute.value))
      break
    case 'graph':
      proto.message(6, graphProto(attribute.value))
      break
    case 'floats':
      proto.floats(7, attribute.value)
      break
    case 'ints':
      proto.ints(8, attribute.value)
      break
    case 'texts':
      proto.strings(9, attribute.value)
      break
  }
  return proto.int(20, ATTRIBUTE_TYPE[attribute.kind])
}

function tensorProto({ name, dims, values }: OnnxConstant): ProtobufWriter {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return new ProtobufWriter().ints(1, dims).int(2, codeOf(values)).string(8, name).bytes(9, bytes)
}

function codeOf(values: OnnxConstant['values']): number {
  if (values instanceof Float64Array) return elementCode.double
  if (values instanceof Float32Array) return elementCode.float
  return values instanceof BigInt64Array ? elementCode.int64 : elementCode.uint8
}

function valueProto({ name, type, dims }: OnnxValue): ProtobufWriter {
  const shape = new ProtobufWriter()
  for (const dim of dims) {
    const proto = new ProtobufWriter()
    shape.message(1, typeof dim === 'number' ? proto.int(1, dim) : proto.string(2, dim))
  }
  const tensor = new ProtobufWriter().int(1, elementCode[type]).message(2, shape)
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensor))
}
