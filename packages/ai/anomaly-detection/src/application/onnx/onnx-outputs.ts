import { AnomalyDetectionError } from '../../domain/errors.ts'
import { isNumeric } from '../../domain/onnx/element-type.ts'
import type { OnnxPort } from '../../domain/onnx/read-model.ts'
import type { OnnxTensor } from '../ports/onnx-runtime.ts'
import type { OnnxScoring } from './onnx-scoring.ts'
import { portText } from './port-text.ts'

/** Which output is read, and how. */
export interface BoundOutput {
  readonly name: string
  readonly kind: 'score' | 'reconstruction'
  readonly direction: 'higher' | 'lower'
  readonly column: number | undefined
}

/**
 * The output that scores are read from. Nothing is guessed: where a model leaves a choice, it is asked for.
 * @throws AnomalyDetectionError `onnx-ambiguous-output` listing the outputs and saying what to set
 */
export function boundOutput(outputs: ReadonlyArray<OnnxPort>, scoring: OnnxScoring): BoundOutput {
  const { kind = 'score', direction, column } = scoring
  const output = chosenOutput(outputs, scoring.output)
  if (kind === 'score' && direction === undefined) {
    throw ambiguous(
      `is a higher '${output.name}' more anomalous, or a lower one (as scikit-learn's)? Set 'direction' to higher or lower`,
      outputs,
    )
  }
  const width = output.dims?.length === 2 ? output.dims[1] : undefined
  if (kind === 'score' && typeof width === 'number' && width > 1) checkColumn(column, width, outputs)
  return { name: output.name, kind, direction: kind === 'score' ? (direction ?? 'higher') : 'higher', column }
}

function chosenOutput(outputs: ReadonlyArray<OnnxPort>, name: string | undefined): OnnxPort {
  if (name !== undefined) {
    const named = outputs.find((output) => output.name === name)
    if (named === undefined) throw ambiguous(`there is no output '${name}'`, outputs)
    if (!isNumeric(named.type)) throw ambiguous(`output '${name}' gives ${named.type}, which is no score`, outputs)
    return named
  }
  const fractional = outputs.filter(({ type }) => type === 'float' || type === 'double')
  const [only] = fractional
  if (only !== undefined && fractional.length === 1) return only
  throw ambiguous(
    fractional.length === 0
      ? 'none of its outputs gives fractional numbers'
      : "several of its outputs may be the score; set 'output' to one",
    outputs,
  )
}

function checkColumn(column: number | undefined, width: number, outputs: ReadonlyArray<OnnxPort>): void {
  if (column !== undefined && column < width) return
  throw ambiguous(
    column === undefined
      ? `the output has ${width} columns: set 'column' to the one that is the score, from 0, or 'kind' to reconstruction where it is the row again`
      : `the output has ${width} columns, and 'column' is ${column}; they are counted from 0`,
    outputs,
  )
}

/**
 * Scores of one run's rows, higher being more anomalous.
 * @param expected - what went in, row-major: what a reconstruction is held against
 * @param rows - how many of the output's rows count
 * @param scores - shape (rows), filled
 */
export function readScores(
  { data, dims }: OnnxTensor,
  { name, kind, direction, column }: BoundOutput,
  expected: Float64Array,
  rows: number,
  scores: Float64Array,
): void {
  const width = data.length / (dims[0] ?? 1)
  if (kind === 'reconstruction') return readErrors(data, width, expected, rows, scores)
  if (width !== 1) checkColumn(column, width, [{ name, type: 'numbers', dims }])
  const place = width === 1 ? 0 : (column ?? 0)
  for (let row = 0; row < rows; row++) {
    const value = Number(data[row * width + place])
    scores[row] = finite(direction === 'lower' ? -value : value, name)
  }
}

function readErrors(
  data: OnnxTensor['data'],
  width: number,
  expected: Float64Array,
  rows: number,
  scores: Float64Array,
): void {
  if (width * rows !== expected.length) {
    throw new AnomalyDetectionError(
      'anomaly-detection/onnx-ambiguous-output',
      `the output has ${width} columns and the rows have ${expected.length / rows}, so it is not the row again: set 'kind' to score`,
      { width, columns: expected.length / rows },
    )
  }
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let at = row * width; at < (row + 1) * width; at++) sum += (Number(data[at]) - (expected[at] as number)) ** 2
    scores[row] = finite(sum / width, 'the reconstruction')
  }
}

function finite(score: number, output: string): number {
  if (!Number.isNaN(score)) return Math.max(-Number.MAX_VALUE, Math.min(score, Number.MAX_VALUE))
  throw new AnomalyDetectionError(
    'anomaly-detection/onnx-failed',
    `the ONNX model gives NaN for a row (${output}): it cannot judge every row of these data`,
    { output },
  )
}

function ambiguous(reason: string, outputs: ReadonlyArray<OnnxPort>): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/onnx-ambiguous-output',
    `the scores of the ONNX model cannot be told: ${reason}. Outputs: ${outputs.map(portText).join(', ')}`,
    { outputs: outputs.map(({ name }) => name) },
  )
}
