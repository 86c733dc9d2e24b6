import { AnomalyDetectionError } from '../../domain/errors.ts'
import { ONNX } from '../kept-onnx.ts'
import type { ModelRepository } from '../ports/model-repository.ts'
import type { OnnxRuntime } from '../ports/onnx-runtime.ts'
import { findModel, type ModelChoice } from '../score-with-model.ts'
import { exportOnnx, type OnnxExportOptions } from './export-onnx.ts'
import { type OnnxVerification, verifyOnnx } from './verify-onnx.ts'

/** What exporting needs. */
export interface ExportModelDeps {
  readonly models: ModelRepository
  /** Runs the file to verify it. */
  readonly onnx?: OnnxRuntime | undefined
}

/** How a kept model is exported. */
export interface ExportModelOptions extends OnnxExportOptions {
  /** Run the file and compare its scores with the model's; default false. */
  readonly verify?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** An exported model. */
export interface ExportedModel {
  readonly name: string
  readonly version: number
  readonly detector: string
  readonly threshold: number
  readonly file: Uint8Array<ArrayBuffer>
  /** Undefined where it was not asked for. */
  readonly verification: OnnxVerification | undefined
}

/** Writes a kept model as an ONNX file. */
export class ExportModel {
  readonly #deps: ExportModelDeps

  constructor(deps: ExportModelDeps) {
    this.#deps = deps
  }

  /**
   * @throws AnomalyDetectionError `unknown-model`, `missing-package` where it is to be verified and there is no runtime,
   *   `onnx-mismatch`, and as `exportOnnx`
   */
  async execute(choice: ModelChoice, options: ExportModelOptions = {}): Promise<ExportedModel> {
    const { models, onnx } = this.#deps
    const { float, verify = false, signal } = options
    const model = await findModel(models, choice)
    const { name, version, algorithm: detector, threshold } = model
    if (detector === ONNX) {
      throw new AnomalyDetectionError(
        'anomaly-detection/onnx-not-expressible',
        `${name}@${version} was imported from an ONNX file: use that file`,
        { name, version },
      )
    }
    const file = await exportOnnx(model, { float })
    if (!verify) return { name, version, detector, threshold, file, verification: undefined }
    if (onnx === undefined) {
      throw new AnomalyDetectionError(
        'anomaly-detection/missing-package',
        "verifying an ONNX file needs a runtime: give ExportModel an 'onnx' runtime, such as createOnnxRuntime() of ./onnx",
        { package: 'onnxruntime-node' },
      )
    }
    const verification = await verifyOnnx(onnx, file, model, { signal })
    return { name, version, detector, threshold, file, verification }
  }
}
