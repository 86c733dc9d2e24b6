import type { OnnxElementType } from '../../domain/onnx/element-type.ts'

/** Numbers on their way into a model, or out of it; row-major. */
export interface OnnxTensor {
  readonly type: OnnxElementType
  readonly dims: ReadonlyArray<number>
  /** `float`: Float32Array, `double`: Float64Array, `int32`: Int32Array, `int64`: BigInt64Array. */
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array
}

/** A model that is ready to run. */
export interface OnnxSession {
  /**
   * One output of one run. Runs may overlap and are done in order; the caller's thread stays free meanwhile.
   * @throws AnomalyDetectionError `onnx-failed` where the model fails or gives no numbers, `cancelled` once the signal is aborted,
   *   after which the session is used up
   */
  readonly run: (
    inputs: Readonly<Record<string, OnnxTensor>>,
    output: string,
    options: { readonly signal: AbortSignal | undefined },
  ) => Promise<OnnxTensor>
  /** Gives its memory back, once the run that goes on has come to its end; what waits for it rejects with `cancelled` at once. */
  readonly close: () => Promise<void>
}

/** Runs ONNX models, away from the thread that asks for it. */
export interface OnnxRuntime {
  /**
   * Loads a model's file. It may be hostile: who opens it has read it by `readOnnxSummary` first.
   * @throws AnomalyDetectionError `missing-package` naming what to install, `onnx-unsupported-operator` naming it,
   *   `onnx-invalid-model`, `onnx-failed`, `cancelled`
   */
  readonly open: (file: Uint8Array, options: { readonly signal: AbortSignal | undefined }) => Promise<OnnxSession>
}
