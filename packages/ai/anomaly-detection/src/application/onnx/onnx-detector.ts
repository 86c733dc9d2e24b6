import { throwIfCancelled } from '../../domain/cancellation.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { firstNonFinite } from '../../domain/missing-values.ts'
import type { OnnxLimits } from '../../domain/onnx/onnx-limits.ts'
import { type OnnxSummary, readOnnxSummary } from '../../domain/onnx/read-model.ts'
import { ONNX_NAMES } from '../../domain/onnx/scoring-model.ts'
import type { OnnxRuntime, OnnxSession } from '../ports/onnx-runtime.ts'
import { type BoundInput, boundInputs, fixedRows, suggestedFeatures, tensorsOf } from './onnx-inputs.ts'
import { type OnnxMetadata, parseMetadataProps } from './onnx-metadata.ts'
import { type BoundOutput, boundOutput, readScores } from './onnx-outputs.ts'
import { type OnnxScoring, parseOnnxScoring } from './onnx-scoring.ts'

/** How a file is opened. */
export interface OpenOnnxOptions {
  /** Names of the columns; default: what the file says, or the names of its inputs where it has several. */
  readonly features?: ReadonlyArray<string> | undefined
  /** Names of the columns where the file does not say; default `column_1`, `column_2`, ... */
  readonly unnamedFeatures?: ReadonlyArray<string> | undefined
  /** How scores are got from it; a file that we exported needs nothing. */
  readonly scoring?: OnnxScoring | undefined
  readonly limits?: Partial<OnnxLimits> | undefined
  readonly signal?: AbortSignal | undefined
}

const ROWS_AT_ONCE = 1024

/** An ONNX model as a detector. Scores are finite, higher is more anomalous. */
export class OnnxDetector {
  readonly summary: OnnxSummary
  /** What the file says of itself, where we exported it. */
  readonly metadata: OnnxMetadata | undefined
  readonly features: ReadonlyArray<string>
  /** Complete: what was not set is filled in. */
  readonly scoring: OnnxScoring
  readonly #session: OnnxSession
  readonly #inputs: ReadonlyArray<BoundInput>
  readonly #output: BoundOutput
  readonly #fixedRows: number | undefined

  private constructor(plan: OnnxPlan, session: OnnxSession) {
    this.summary = plan.summary
    this.metadata = plan.metadata
    this.features = plan.features
    this.scoring = plan.scoring
    this.#inputs = plan.inputs
    this.#output = plan.output
    this.#fixedRows = fixedRows(plan.summary.inputs)
    this.#session = session
  }

  /**
   * Reads a file, checks it against its limits, binds its inputs and outputs, and loads it.
   * @throws AnomalyDetectionError `onnx-invalid-model`, `onnx-limit-exceeded`, `onnx-input-mismatch`, `onnx-ambiguous-output`,
   *   `invalid-parameters`, and as `OnnxRuntime.open`
   */
  static async open(runtime: OnnxRuntime, file: Uint8Array, options: OpenOnnxOptions = {}): Promise<OnnxDetector> {
    const plan = planOf(file, options)
    return new OnnxDetector(plan, await runtime.open(file, { signal: options.signal }))
  }

  /**
   * Scores of rows, shape (x.rows).
   * @param x - one column for each of `features`, in their order
   * @throws AnomalyDetectionError `shape-mismatch`, `non-finite`, `onnx-input-mismatch`, `onnx-ambiguous-output`, `onnx-failed`,
   *   `cancelled`
   */
  async score(x: Matrix, { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<Float64Array> {
    this.#check(x)
    const scores = new Float64Array(x.rows)
    const atOnce = this.#fixedRows ?? this.scoring.rowsAtOnce ?? ROWS_AT_ONCE
    for (let from = 0; from < x.rows; from += atOnce) {
      throwIfCancelled(signal)
      const rows = Math.min(atOnce, x.rows - from)
      const tensors = tensorsOf(x, this.#inputs, from, this.#fixedRows ?? rows)
      const expected = this.#output.kind === 'score' ? new Float64Array() : this.#given(tensors, rows)
      const result = await this.#session.run(tensors, this.#output.name, { signal })
      readScores(result, this.#output, expected, rows, scores.subarray(from, from + rows))
    }
    return scores
  }

  /** Gives back what the model holds; it can score no more. */
  async close(): Promise<void> {
    await this.#session.close()
  }

  // What a reconstruction is held against: the only input, as the model got it.
  #given(tensors: ReturnType<typeof tensorsOf>, rows: number): Float64Array {
    const [input] = this.#inputs
    const data = input === undefined ? undefined : tensors[input.name]?.data
    if (input === undefined || data === undefined || this.#inputs.length !== 1) {
      throw new AnomalyDetectionError(
        'anomaly-detection/onnx-ambiguous-output',
        `a reconstruction can be told from one input, and the model has ${this.#inputs.length}: set 'kind' to score`,
      )
    }
    return Float64Array.from({ length: rows * input.columns.length }, (_, at) => Number(data[at]))
  }

  #check({ data, rows, columns }: Matrix): void {
    if (columns !== this.features.length || data.length !== rows * columns) {
      throw new AnomalyDetectionError(
        'anomaly-detection/shape-mismatch',
        `the data have ${rows} rows of ${columns} columns in ${data.length} values; ${this.features.length} columns are needed`,
        { rows, columns, values: data.length, expected: this.features.length },
      )
    }
    const bad = firstNonFinite(data)
    if (bad === -1) return
    const [row, column] = [Math.floor(bad / columns), bad % columns]
    throw new AnomalyDetectionError(
      'anomaly-detection/non-finite',
      `row ${row}, column ${column} is ${data[bad]}; a finite number is needed`,
      { row, column },
    )
  }
}

interface OnnxPlan {
  readonly summary: OnnxSummary
  readonly metadata: OnnxMetadata | undefined
  readonly features: ReadonlyArray<string>
  readonly scoring: OnnxScoring
  readonly inputs: ReadonlyArray<BoundInput>
  readonly output: BoundOutput
}

function planOf(file: Uint8Array, options: OpenOnnxOptions): OnnxPlan {
  const given = parseOnnxScoring(options.scoring)
  const summary = readOnnxSummary(file, options.limits)
  const metadata = parseMetadataProps(summary.metadata)
  const features = options.features ?? metadata?.features ?? suggestedFeatures(summary.inputs, options.unnamedFeatures)
  if (features === undefined) {
    throw new AnomalyDetectionError(
      'anomaly-detection/onnx-input-mismatch',
      `the ONNX model does not say how many columns '${summary.inputs[0]?.name ?? ''}' takes: name them by 'features'`,
      { inputs: summary.inputs.map(({ name }) => name) },
    )
  }
  const own = metadata && { output: ONNX_NAMES.score, direction: 'higher' as const, rowsAtOnce: metadata.rowsAtOnce }
  const asked = { ...own, ...given }
  const inputs = boundInputs(summary.inputs, features, asked)
  const output = boundOutput(summary.outputs, asked)
  const scoring = { ...asked, output: output.name, kind: output.kind, direction: output.direction }
  return { summary, metadata, features, scoring, inputs, output }
}
