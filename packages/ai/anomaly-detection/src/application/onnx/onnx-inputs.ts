import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { isNumeric, type OnnxElementType } from '../../domain/onnx/element-type.ts'
import type { OnnxPort } from '../../domain/onnx/read-model.ts'
import type { OnnxTensor } from '../ports/onnx-runtime.ts'
import type { OnnxScoring } from './onnx-scoring.ts'
import { portText } from './port-text.ts'

/** One input of a model, bound to columns of the rows. */
export interface BoundInput {
  readonly name: string
  readonly type: OnnxElementType
  /** Places among the features. */
  readonly columns: ReadonlyArray<number>
  /** Whether it is one number a row, without an axis of its own. */
  readonly isFlat: boolean
}

/**
 * The names that a model's inputs suggest for its features; undefined where they tell neither names nor width.
 * @param unnamed - names where there is a single input
 */
export function suggestedFeatures(
  inputs: ReadonlyArray<OnnxPort>,
  unnamed: ReadonlyArray<string> | undefined,
): ReadonlyArray<string> | undefined {
  if (inputs.length > 1) return inputs.map(({ name }) => name)
  if (unnamed !== undefined) return unnamed
  const width = widthOf(inputs[0])
  return width === undefined ? undefined : Array.from({ length: width }, (_, i) => `column_${i + 1}`)
}

/**
 * Binds a model's inputs to features.
 * @throws AnomalyDetectionError `onnx-input-mismatch` naming the input, what it takes and what there is
 */
export function boundInputs(
  inputs: ReadonlyArray<OnnxPort>,
  features: ReadonlyArray<string>,
  { inputs: choices = {} }: OnnxScoring,
): ReadonlyArray<BoundInput> {
  const unknown = Object.keys(choices).find((name) => !inputs.some((input) => input.name === name))
  if (unknown !== undefined) {
    throw mismatch(`there is no input '${unknown}'; there are: ${inputs.map(portText).join(', ')}`, { input: unknown })
  }
  return inputs.map((input) => {
    const { name, type, dims } = input
    const { features: chosen, dtype } = choices[name] ?? {}
    if (!isNumeric(type)) {
      throw mismatch(`input '${name}' takes ${type}, and only numbers can be given (double, float, int32, int64)`, {
        input: name,
      })
    }
    if (dtype !== undefined && dtype !== type) {
      throw mismatch(`input '${name}' takes ${type}, not ${dtype}`, { input: name, type, expected: dtype })
    }
    const wanted = chosen ?? (inputs.length === 1 ? features : [name])
    const columns = wanted.map((feature) => placeOf(feature, features, input))
    const width = widthOf(input)
    if (width !== undefined && width !== columns.length) {
      throw mismatch(
        `${portText(input)} takes ${width} columns, and ${columns.length} are given: ${wanted.join(', ')}`,
        {
          input: name,
          width,
          columns: columns.length,
        },
      )
    }
    if (dims !== undefined && dims.length !== 1 && dims.length !== 2) {
      throw mismatch(`${portText(input)} has ${dims.length} dimensions; rows have one or two`, { input: name })
    }
    return { name, type, columns, isFlat: dims?.length === 1 }
  })
}

/** How many rows a model takes at once, where that is fixed. */
export function fixedRows(inputs: ReadonlyArray<OnnxPort>): number | undefined {
  const rows = inputs.map(({ dims }) => dims?.[0]).find((dim) => typeof dim === 'number' && dim > 0)
  return typeof rows === 'number' ? rows : undefined
}

/**
 * Rows `from` to `to` as what a model takes; past the last row it is repeated, up to `count` rows.
 * @throws AnomalyDetectionError `onnx-input-mismatch` where a whole number is needed and there is another
 */
export function tensorsOf(
  { data, columns: width, rows }: Matrix,
  inputs: ReadonlyArray<BoundInput>,
  from: number,
  count: number,
): Readonly<Record<string, OnnxTensor>> {
  const tensors: Record<string, OnnxTensor> = {}
  for (const { name, type, columns, isFlat } of inputs) {
    const values = new Float64Array(count * columns.length)
    for (let row = 0, at = 0; row < count; row++) {
      const base = Math.min(from + row, rows - 1) * width
      for (const column of columns) values[at++] = data[base + column] as number
    }
    tensors[name] = { type, dims: isFlat ? [count] : [count, columns.length], data: converted(values, type, name) }
  }
  return tensors
}

function converted(values: Float64Array, type: OnnxElementType, input: string): OnnxTensor['data'] {
  if (type === 'double') return values
  if (type === 'float') return Float32Array.from(values)
  const limit = type === 'int32' ? 2 ** 31 : 2 ** 53
  const odd = values.find((value) => !Number.isInteger(value) || value >= limit || value < -limit)
  if (odd !== undefined)
    throw mismatch(`input '${input}' takes ${type}, and one of its values is ${odd}`, { input, type })
  return type === 'int32' ? Int32Array.from(values) : BigInt64Array.from(values, BigInt)
}

function placeOf(feature: string, features: ReadonlyArray<string>, input: OnnxPort): number {
  const place = features.indexOf(feature)
  if (place >= 0) return place
  throw mismatch(
    `${portText(input)} wants the feature '${feature}'; there are: ${features.join(', ')}. Say by 'inputs' which features it takes`,
    { input: input.name, feature },
  )
}

function widthOf(input: OnnxPort | undefined): number | undefined {
  if (input?.dims?.length === 1) return 1
  const width = input?.dims?.[1]
  return typeof width === 'number' && width > 0 ? width : undefined
}

function mismatch(reason: string, details: Readonly<Record<string, unknown>>): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/onnx-input-mismatch',
    `the ONNX model cannot take these rows: ${reason}`,
    details,
  )
}
