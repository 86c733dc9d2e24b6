import type { ExportModel } from '../../application/onnx/export-model.ts'
import type { ImportOnnxModel } from '../../application/onnx/import-onnx.ts'
import type { DetectionCommandContext } from './command-context.ts'

/** What the commands about ONNX files need, beside what the others do. */
export interface OnnxCommandContext extends DetectionCommandContext {
  readonly exporting: () => Promise<Pick<ExportModel, 'execute'>>
  readonly importing: () => Promise<Pick<ImportOnnxModel, 'execute'>>
  /** How many bytes a file has. */
  readonly sizeOf: (path: string) => Promise<number>
  /** Reads a file. */
  readonly load: (path: string) => Promise<Uint8Array>
  /** Writes a file, whole or not at all. */
  readonly save: (path: string, bytes: Uint8Array) => Promise<void>
}
