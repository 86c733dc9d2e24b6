import {
  createOnnxRuntime,
  createOnnxScorer,
  ExportModel,
  ImportOnnxModel,
  type OnnxThreadScorer,
} from '@nomaly/ai-anomaly-detection/onnx'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** ONNX files out and in; onnxruntime-node is loaded when a model is first run, and says how to install it where it is missing. */
export const onnxModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.onnx)
    .toResolvedValue(() => createOnnxRuntime(), [])
    .inSingletonScope()
  const made = new Set<OnnxThreadScorer>()
  bind(tokens.onnxScorer)
    .toResolvedValue(
      (onnx) => {
        const scorer = createOnnxScorer(onnx)
        made.add(scorer)
        return scorer
      },
      [tokens.onnx],
    )
    .inSingletonScope()
    .onDeactivation(async () => {
      for (const scorer of made) await scorer.close()
    })
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
