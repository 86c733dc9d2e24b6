/** What an ONNX file says of itself, without running it. Source: onnx.proto; numbers are its field numbers. */
import { elementName } from './element-type.ts'
import { checkLimit, ONNX_LIMITS, type OnnxLimits } from './onnx-limits.ts'
import { damaged, integersOf, type ProtobufField, protobufFields, textOf } from './protobuf/protobuf-reader.ts'
import { checkTensor } from './read-tensor.ts'

/** A value that comes in or goes out. */
export interface OnnxPort {
  readonly name: string
  /** `double`, `float`, `int64`, `string`, ..., or `sequence`, `map` and the like. */
  readonly type: string
  /** Undefined where the file does not say; a dimension that may be of any size is a text, empty where it has no name. */
  readonly dims: ReadonlyArray<number | string> | undefined
}

/** A file's summary. */
export interface OnnxSummary {
  readonly producer: string
  readonly inputs: ReadonlyArray<OnnxPort>
  readonly outputs: ReadonlyArray<OnnxPort>
  /** Operator sets, version by domain; the empty domain is that of ONNX itself. */
  readonly opsets: ReadonlyMap<string, number>
  /** The operators, each once, as `MatMul` or `ai.onnx.ml.Scaler`. */
  readonly operators: ReadonlyArray<string>
  readonly nodes: number
  readonly tensors: number
  readonly metadata: ReadonlyMap<string, string>
}

/**
 * Reads a file that may be hostile: nothing is run, and nothing is allocated by what the file claims to be.
 * @throws AnomalyDetectionError `onnx-invalid-model`, `onnx-limit-exceeded`
 */
export function readOnnxSummary(file: Uint8Array, limits: Partial<OnnxLimits> = {}): OnnxSummary {
  return new SummaryReader({ ...ONNX_LIMITS, ...limits }).read(file)
}

class SummaryReader {
  readonly #limits: OnnxLimits
  readonly #operators = new Set<string>()
  #nodes = 0
  #tensors = 0

  constructor(limits: OnnxLimits) {
    this.#limits = limits
  }

  read(file: Uint8Array): OnnxSummary {
    checkLimit(this.#limits, 'bytes', file.length)
    let producer = ''
    let graph: GraphPorts | undefined
    const opsets = new Map<string, number>()
    const metadata = new Map<string, string>()
    for (const field of protobufFields(file)) {
      if (field.field === 2) producer = textOf(field)
      else if (field.field === 7) graph = this.#graph(field.bytes, 1)
      else if (field.field === 8) {
        const { text, value } = pairOf(field, 1, 2)
        opsets.set(text, value)
      } else if (field.field === 14) {
        const [key, value] = textsOf(field)
        metadata.set(key, value)
      } else if (field.field === 25) this.#function(field.bytes)
    }
    if (graph === undefined || graph.outputs.length === 0) throw damaged('it has no graph with an output')
    const operators = [...this.#operators].sort()
    return { producer, ...graph, opsets, operators, nodes: this.#nodes, tensors: this.#tensors, metadata }
  }

  #graph(bytes: Uint8Array, depth: number): GraphPorts {
    checkLimit(this.#limits, 'depth', depth)
    const inputs: OnnxPort[] = []
    const outputs: OnnxPort[] = []
    const constants = new Set<string>()
    for (const field of protobufFields(bytes)) {
      if (field.field === 1) this.#node(field.bytes, depth)
      else if (field.field === 5) constants.add(this.#tensor(field.bytes))
      else if (field.field === 11) inputs.push(portOf(field.bytes))
      else if (field.field === 12) outputs.push(portOf(field.bytes))
      else if (field.field === 15) this.#sparseTensor(field.bytes)
    }
    return { inputs: inputs.filter(({ name }) => !constants.has(name)), outputs }
  }

  #function(bytes: Uint8Array): void {
    for (const field of protobufFields(bytes)) if (field.field === 7) this.#node(field.bytes, 1)
  }

  #node(bytes: Uint8Array, depth: number): void {
    checkLimit(this.#limits, 'nodes', ++this.#nodes)
    let type = ''
    let domain = ''
    for (const field of protobufFields(bytes)) {
      if (field.field === 4) type = textOf(field)
      else if (field.field === 7) domain = textOf(field)
      else if (field.field === 5) this.#attribute(field.bytes, depth)
    }
    this.#operators.add(domain === '' || domain === 'ai.onnx' ? type : `${domain}.${type}`)
  }

  #attribute(bytes: Uint8Array, depth: number): void {
    for (const field of protobufFields(bytes)) {
      if (field.field === 5 || field.field === 10) this.#tensor(field.bytes)
      else if (field.field === 6 || field.field === 11) this.#graph(field.bytes, depth + 1)
      else if (field.field === 22 || field.field === 23) this.#sparseTensor(field.bytes)
    }
  }

  #sparseTensor(bytes: Uint8Array): void {
    for (const field of protobufFields(bytes)) if (field.field === 1 || field.field === 2) this.#tensor(field.bytes)
  }

  #tensor(bytes: Uint8Array): string {
    checkLimit(this.#limits, 'tensors', ++this.#tensors)
    return checkTensor(bytes, this.#limits)
  }
}

type GraphPorts = Pick<OnnxSummary, 'inputs' | 'outputs'>

function portOf(bytes: Uint8Array): OnnxPort {
  let name = ''
  let type = 'unknown'
  let dims: OnnxPort['dims']
  for (const field of protobufFields(bytes)) {
    if (field.field === 1) name = textOf(field)
    else if (field.field === 2) {
      const kind = firstOf(field.bytes)
      type = kind?.field === 1 ? 'unknown' : (KINDS[kind?.field ?? 0] ?? 'unknown')
      if (kind?.field !== 1) continue
      for (const part of protobufFields(kind.bytes)) {
        if (part.field === 1) type = elementName(part.value)
        else if (part.field === 2) dims = [...protobufFields(part.bytes)].map(dimensionOf)
      }
    }
  }
  return { name, type, dims }
}

const KINDS: Readonly<Record<number, string>> = { 4: 'sequence', 5: 'map', 8: 'sparse tensor', 9: 'optional' }

function dimensionOf({ bytes }: ProtobufField): number | string {
  const field = firstOf(bytes)
  if (field?.field === 1) return [...integersOf(field)][0] ?? ''
  return field?.field === 2 ? textOf(field) : ''
}

function firstOf(bytes: Uint8Array): ProtobufField | undefined {
  for (const field of protobufFields(bytes)) return field
  return undefined
}

function pairOf({ bytes }: ProtobufField, textField: number, valueField: number): { text: string; value: number } {
  let text = ''
  let value = 0
  for (const field of protobufFields(bytes)) {
    if (field.field === textField) text = textOf(field)
    else if (field.field === valueField) value = field.value
  }
  return { text, value }
}

function textsOf({ bytes }: ProtobufField): readonly [string, string] {
  let [key, value] = ['', '']
  for (const field of protobufFields(bytes)) {
    if (field.field === 1) key = textOf(field)
    else if (field.field === 2) value = textOf(field)
  }
  return [key, value]
}
