import type { RunBatch, RunStatus } from '../../domain/run.ts'
import type { RunLog } from '../ports/run-log.ts'
import type { RunStore } from '../ports/run-store.ts'

/** What tracking of pipelines works with. */
export interface TrackingDeps {
  readonly runs: Pick<RunStore, 'create' | 'change'>
  readonly log: Pick<RunLog, 'log'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Opens the run of a whole pipeline; answers its id. */
export async function openPipelineRun(
  { runs }: TrackingDeps,
  { experimentId, pipeline, id }: { readonly experimentId: string; readonly pipeline: string; readonly id: string },
): Promise<string> {
  const tags = { 'nomaly.pipeline.name': pipeline, 'nomaly.pipeline.run': id }
  return (await runs.create({ experimentId, name: pipeline, tags })).id
}

/** Opens the nested run of a step; answers its id. */
export async function openStepRun(
  { runs }: TrackingDeps,
  { experimentId, parent, step }: { readonly experimentId: string; readonly parent: string; readonly step: string },
): Promise<string> {
  const tags = { 'mlflow.parentRunId': parent, 'nomaly.pipeline.step': step }
  return (await runs.create({ experimentId, name: step, tags })).id
}

/** Ends a run, with what there is to say of it. */
export async function closeRun(
  deps: TrackingDeps,
  runId: string,
  status: RunStatus,
  batch: RunBatch = {},
): Promise<void> {
  await deps.log.log(runId, batch)
  await deps.runs.change(runId, { kind: 'update', status, endedAt: deps.now() })
}
