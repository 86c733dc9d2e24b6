import type { PipelineStore } from '../../../application/ports/pipeline-store.ts'
import type { StepOutputs } from '../../../application/ports/step-outputs.ts'
import { createPipelineStore, type PipelineContext } from './pipeline-store.ts'
import { createStepOutputs } from './step-outputs.ts'

/** All that one file keeps of pipelines. */
export interface PipelineStores {
  readonly pipelines: PipelineStore
  readonly stepOutputs: StepOutputs
}

/** Runs of pipelines and what their steps have answered. */
export function createPipelineStores(context: PipelineContext): PipelineStores {
  return { pipelines: createPipelineStore(context), stepOutputs: createStepOutputs(context) }
}
