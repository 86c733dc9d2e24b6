import type { OnnxAttribute, OnnxConstant, OnnxNode } from './model-proto.ts'

/** The number type that a file takes and gives. */
export type OnnxPrecision = 'double' | 'float'

/** The name of a value in a graph, with its number type. */
export interface GraphValue {
  readonly name: string
  readonly type: OnnxPrecision
}

/** A number of the graph, or one that was computed. */
type Operand = GraphValue | string

const ML = 'ai.onnx.ml'

/**
 * Puts operators one after another. Results are named by their place, so that the same model gives the same file. Operators are
 * those of opset 17, which every runtime since 2022 has.
 */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = []
  readonly constants: OnnxConstant[] = []

  /** Adds an operator of ONNX itself; answers the name of its first result. */
  op(type: string, inputs: ReadonlyArray<Operand>, attributes: Readonly<Record<string, OnnxAttribute>> = {}): string {
    return this.#add(type, '', inputs, attributes, 1)[0] as string // as many as were asked for
  }

  /** As `op`, for an operator with two results. */
  pair(
    type: string,
    inputs: ReadonlyArray<Operand>,
    attributes: Readonly<Record<string, OnnxAttribute>>,
  ): readonly [string, string] {
    return this.#add(type, '', inputs, attributes, 2) as [string, string] // as many as were asked for
  }

  /** As `op`, for an operator of the machine learning set. */
  mlOp(type: string, inputs: ReadonlyArray<Operand>, attributes: Readonly<Record<string, OnnxAttribute>>): string {
    return this.#add(type, ML, inputs, attributes, 1)[0] as string // as many as were asked for
  }

  /** Adds what goes out under a name. */
  output(name: string, value: Operand): void {
    const inputs = [typeof value === 'string' ? value : value.name]
    this.nodes.push({ type: 'Identity', domain: '', inputs, outputs: [name], attributes: {} })
  }

  /** A constant of doubles; without dimensions, a single one. */
  doubles(values: ArrayLike<number> | number, dims?: ReadonlyArray<number>): string {
    const data = typeof values === 'number' ? Float64Array.of(values) : Float64Array.from(values)
    return this.#constant(data, dims ?? (typeof values === 'number' ? [] : [data.length]))
  }

  /** A constant of the given precision; without dimensions, a single number. */
  reals(type: OnnxPrecision, values: ArrayLike<number> | number, dims?: ReadonlyArray<number>): string {
    if (type === 'double') return this.doubles(values, dims)
    const data = typeof values === 'number' ? Float32Array.of(values) : Float32Array.from(values)
    return this.#constant(data, dims ?? (typeof values === 'number' ? [] : [data.length]))
  }

  /** A constant of integers: a list, or a single one. */
  integers(values: ReadonlyArray<number> | Int32Array | number): string {
    const list = typeof values === 'number' ? [values] : [...values]
    return this.#constant(BigInt64Array.from(list, BigInt), typeof values === 'number' ? [] : [list.length])
  }

  #constant(values: OnnxConstant['values'], dims: ReadonlyArray<number>): string {
    const name = `c${this.constants.length}`
    this.constants.push({ name, dims, values })
    return name
  }

  #add(
    type: string,
    domain: string,
    operands: ReadonlyArray<Operand>,
    attributes: Readonly<Record<string, OnnxAttribute>>,
    results: number,
  ): ReadonlyArray<string> {
    const place = this.nodes.length
    const outputs = Array.from({ length: results }, (_, i) => (i === 0 ? `v${place}` : `v${place}_${i}`))
    const inputs = operands.map((operand) => (typeof operand === 'string' ? operand : operand.name))
    this.nodes.push({ type, domain, inputs, outputs, attributes })
    return outputs
  }
}

/** An integer setting. */
export const int = (value: number): OnnxAttribute => ({ kind: 'int', value })

/** A setting of several integers. */
export const ints = (value: ArrayLike<number>): OnnxAttribute => ({ kind: 'ints', value })

/** A value as double: itself, or cast. */
export function asDouble(graph: GraphBuilder, value: GraphValue): string {
  return value.type === 'double' ? value.name : graph.op('Cast', [value], { to: int(11) })
}

/** A value without its second axis, which has one place: shape (n, 1) to (n). */
export function flat(graph: GraphBuilder, value: string): string {
  return graph.op('Squeeze', [value, graph.integers([1])])
}

/** Sums over an axis; shape (n, k) to (n) for axis 1. */
export function sumOver(graph: GraphBuilder, value: string, axis: number): string {
  return graph.op('ReduceSum', [value, graph.integers([axis])], { keepdims: int(0) })
}
