import { createOnnxRuntime, ExportModel, ImportOnnxModel } from '@nomaly/ai-anomaly-detection/onnx'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** ONNX files out and in; onnxruntime-node is loaded when a model is first run, and says how to install it where it is missing. */
export const onnxModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.onnx)
    .toResolvedValue(() => createOnnxRuntime(), [])
    .inSingletonScope()
  bind(tokens.exporting)
    .toResolvedValue((models, onnx) => new ExportModel({ models, onnx }), [tokens.models, tokens.onnx])
    .inSingletonScope()
  bind(tokens.importing)
    .toResolvedValue(
      (models, onnx, clock, ids) => new ImportOnnxModel({ models, onnx, clock, ids }),
      [tokens.models, tokens.onnx, tokens.clock, tokens.ids],
    )
    .inSingletonScope()
})
