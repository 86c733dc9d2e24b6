import type { StepDefinition } from '../../domain/pipelines/step.ts'
import type { PipelineStore, StoredOutput, StoredPipelineRun } from '../ports/pipeline-store.ts'
import type { StepOutputs } from '../ports/step-outputs.ts'
import { attemptStep, throwIfCancelled } from './attempt-step.ts'
import { decodeOutput, encodeOutput, stepKey } from './output-codec.ts'
import { closeRun, openStepRun, type TrackingDeps } from './tracked-run.ts'

/** How a step came to its answer. */
export interface StepReport {
  readonly step: string
  /** `cached`: another run gave it; `resumed`: this run did, before it was broken off. */
  readonly how: 'ran' | 'cached' | 'resumed'
  /** 0 unless it ran. */
  readonly attempts: number
  /** Milliseconds from its begin to its end, with all attempts. */
  readonly durationMs: number
  /** Its tracked run. */
  readonly runId: string
}

/** What one step of one run is given. */
export interface StepGrounds {
  readonly run: StoredPipelineRun
  readonly experimentId: string
  readonly inputs: ReadonlyMap<string, StoredOutput>
  readonly signal: AbortSignal
  readonly useCache: boolean
}

interface Deps extends TrackingDeps {
  readonly pipelines: PipelineStore
  readonly stepOutputs: StepOutputs
  readonly random: () => number
}

interface Begun {
  readonly key: string
  readonly runId: string
  readonly startedAt: number
}

/**
 * Takes a step's answer from the run's earlier part, or from another run, or runs the step; keeps and tracks it.
 * @throws what the step threw, after it has been tracked as failed
 */
export async function runStep(
  deps: Deps,
  step: StepDefinition,
  grounds: StepGrounds,
): Promise<{ readonly output: StoredOutput; readonly report: StepReport }> {
  throwIfCancelled(grounds.signal)
  const startedAt = deps.now()
  const { run, experimentId, inputs } = grounds
  const key = await stepKey({
    pipeline: run.pipeline,
    step: step.name,
    version: step.version ?? String(step.run),
    inputs: Object.fromEntries([...inputs].map(([name, { digest }]) => [name, digest])),
  })
  const before = run.steps.find(({ name }) => name === step.name)
  const kept =
    before?.key === key && before.output !== undefined ? await deps.stepOutputs.read(before.output) : undefined
  if (before !== undefined && kept !== undefined) {
    const durationMs = deps.now() - startedAt
    return { output: kept, report: { step: step.name, how: 'resumed', attempts: 0, durationMs, runId: before.runId } }
  }
  const runId = await openStepRun(deps, { experimentId, parent: run.runId, step: step.name })
  const begun = { key, runId, startedAt }
  const isShared = isReusable(step)
  const cached = isShared && grounds.useCache ? await deps.stepOutputs.cached(key) : undefined
  if (cached !== undefined) return finish(deps, step, grounds, begun, { output: cached, how: 'cached', attempts: 0 })
  await deps.pipelines.change(run.id, { kind: 'step', step: { name: step.name, status: 'running', runId, key } })
  try {
    const values = Object.fromEntries([...inputs].map(([name, output]) => [name, decodeOutput(output)]))
    const ground = {
      inputs: values,
      runId,
      log: (batch: Parameters<typeof deps.log.log>[1]) => deps.log.log(runId, batch),
    }
    const { value, attempts } = await attemptStep(step, ground, grounds.signal, deps.random)
    const output = await encodeOutput(value, `the answer of step '${step.name}'`)
    return await finish(deps, step, grounds, begun, { output, how: 'ran', attempts })
  } catch (error) {
    await fail(deps, step, grounds, begun, error)
    throw error
  }
}

// All bound functions have the same text.
function isReusable({ cache, version, run }: StepDefinition): boolean {
  return cache !== false && (version !== undefined || !String(run).endsWith('{ [native code] }'))
}

async function finish(
  deps: Deps,
  step: StepDefinition,
  { run }: StepGrounds,
  { key, runId, startedAt }: Begun,
  {
    output,
    how,
    attempts,
  }: { readonly output: StoredOutput; readonly how: 'ran' | 'cached'; readonly attempts: number },
): Promise<{ readonly output: StoredOutput; readonly report: StepReport }> {
  const done = { name: step.name, status: 'finished', runId, key, output: output.digest } as const
  await deps.pipelines.change(run.id, {
    kind: 'step',
    step: done,
    output,
    isShared: isReusable(step) && how === 'ran',
  })
  const durationMs = deps.now() - startedAt
  const at = deps.now()
  await closeRun(deps, runId, 'FINISHED', {
    metrics: [{ key: 'duration_ms', value: durationMs, at, step: 0 }],
    tags: [
      { key: 'nomaly.pipeline.how', value: how },
      { key: 'nomaly.pipeline.attempts', value: String(attempts) },
    ],
  })
  return { output, report: { step: step.name, how, attempts, durationMs, runId } }
}

async function fail(deps: Deps, step: StepDefinition, { run, signal }: StepGrounds, begun: Begun, error: unknown) {
  const text = error instanceof Error ? error.message : String(error)
  const status = signal.aborted ? 'cancelled' : 'failed'
  const { key, runId } = begun
  await deps.pipelines.change(run.id, { kind: 'step', step: { name: step.name, status, runId, key, error: text } })
  const tags = [{ key: 'nomaly.pipeline.error', value: text.slice(0, 5000) }]
  await closeRun(deps, runId, signal.aborted ? 'KILLED' : 'FAILED', { tags })
}
