import type { Matrix } from '../../domain/matrix.ts'
import type { Model } from '../../domain/model.ts'

/** As much of a kept ONNX model as scoring takes. */
export type KeptOnnx = Pick<Model, 'id' | 'parameters' | 'features' | 'state' | 'name' | 'version'>

/** Scores rows by kept ONNX models, away from the thread that asks for it. */
export interface OnnxScorer {
  /**
   * Scores of rows, shape (x.rows), finite, higher is more anomalous. Calls may overlap.
   * @param x - one column for each of the model's features, in their order
   * @throws AnomalyDetectionError `corrupt-model`, `missing-package` naming what to install, `onnx-failed`, `cancelled`, ...
   */
  readonly score: (
    model: KeptOnnx,
    x: Matrix,
    options: { readonly signal: AbortSignal | undefined },
  ) => Promise<Float64Array>
}
