import { MlopsError } from '../../domain/errors.ts'
import type { Pipeline } from '../../domain/pipelines/pipeline.ts'
import { INPUT } from '../../domain/pipelines/plan.ts'
import type { StepDefinition } from '../../domain/pipelines/step.ts'
import { invalidArgument, notFound } from '../../domain/refusals.ts'
import type { PipelineStatus, PipelineStore, StoredOutput, StoredPipelineRun } from '../ports/pipeline-store.ts'
import type { RunStore } from '../ports/run-store.ts'
import type { StepOutputs } from '../ports/step-outputs.ts'
import { decodeOutput, encodeOutput } from './output-codec.ts'
import { runStep, type StepReport } from './run-step.ts'
import { runSteps } from './run-steps.ts'
import { closeRun, openPipelineRun, type TrackingDeps } from './tracked-run.ts'

/** What a runner works with. A store opened by `openMlopsStore` has all but clock, ids and chance. */
export interface PipelineRunnerDeps extends TrackingDeps {
  readonly runs: Pick<RunStore, 'create' | 'change' | 'find'>
  readonly pipelines: PipelineStore
  readonly stepOutputs: StepOutputs
  readonly newId: () => string
  /** In [0, 1): spreads retries. */
  readonly random: () => number
}

/** How a pipeline is run. */
export interface PipelineRunOptions {
  /** Where its runs are tracked; `'0'` when absent. */
  readonly experimentId?: string
  /** Steps at work at once, from 1; 4 when absent. */
  readonly concurrency?: number
  /** Aborted: no further step begins, those at work are told. */
  readonly signal?: AbortSignal
  /** False: nothing that other runs have answered is reused. True when absent. */
  readonly useCache?: boolean
}

/** A pipeline that is done. */
export interface PipelineOutcome<Outputs> {
  readonly id: string
  /** The tracked run of the whole; its steps are nested in it. */
  readonly runId: string
  readonly outputs: Outputs
  /** In the order of their ends. */
  readonly steps: ReadonlyArray<StepReport>
}

/**
 * Runs pipelines. Each run is tracked, with a nested run for each step; what finished steps have answered is kept, so that a run
 * that was broken off goes on from there.
 */
export class PipelineRunner {
  readonly #deps: PipelineRunnerDeps

  constructor(deps: PipelineRunnerDeps) {
    this.#deps = deps
  }

  /**
   * Runs all steps, those that need nothing of each other side by side.
   * @param input - plain JSON or bytes
   * @throws MlopsError `mlops/pipeline-failed` with `details.step` and `details.skipped`, the first failure as cause: steps that do
   *   not need the failed one are finished before; `mlops/cancelled`; `mlops/invalid-argument`
   */
  async run<Outputs extends { readonly input: unknown }>(
    pipeline: Pipeline<Outputs>,
    input: Outputs['input'],
    options: PipelineRunOptions = {},
  ): Promise<PipelineOutcome<Outputs>> {
    const concurrency = concurrencyOf(options)
    const stored = await encodeOutput(input, `the input of pipeline '${pipeline.name}'`)
    const { experimentId = '0' } = options
    const id = this.#deps.newId()
    const runId = await openPipelineRun(this.#deps, { experimentId, pipeline: pipeline.name, id })
    const run = { id, pipeline: pipeline.name, startedAt: this.#deps.now(), runId, input: stored }
    await this.#deps.pipelines.create(run)
    return this.#go(pipeline, { ...run, status: 'running', steps: [] }, experimentId, { ...options, concurrency })
  }

  /**
   * Goes on with a run that was broken off, failed or was cancelled: finished steps are not run again, unless their version or what
   * they read has changed. Only when no process is at work on it.
   * @throws MlopsError as `run`; `mlops/not-found`; `mlops/invalid-argument` for a run of another pipeline
   */
  async resume<Outputs extends { readonly input: unknown }>(
    pipeline: Pipeline<Outputs>,
    id: string,
    options: Omit<PipelineRunOptions, 'experimentId'> = {},
  ): Promise<PipelineOutcome<Outputs>> {
    const concurrency = concurrencyOf(options)
    const stored = await this.#deps.pipelines.find(id)
    if (stored === undefined) throw notFound('pipeline', id)
    if (stored.pipeline !== pipeline.name)
      throw invalidArgument('id', `run ${id} is of pipeline '${stored.pipeline}', not of '${pipeline.name}'`, {
        found: id,
      })
    const tracked = await this.#deps.runs.find(stored.runId)
    if (tracked === undefined) throw notFound('run', stored.runId)
    await this.#deps.runs.change(stored.runId, { kind: 'update', status: 'RUNNING' })
    await this.#deps.pipelines.change(id, { kind: 'status', status: 'running' })
    for (const step of stored.steps) {
      if (step.status === 'running') await closeRun(this.#deps, step.runId, 'KILLED')
    }
    return this.#go(pipeline, stored, tracked.experimentId, { ...options, concurrency })
  }

  /**
   * Forgets what is older than `before` (epoch milliseconds): runs that have ended, answers that other runs could reuse, and answers that
   * nothing needs any more. What was tracked of them stays.
   * @returns how many answers
   */
  prune(before: number): Promise<number> {
    return this.#deps.stepOutputs.prune(before)
  }

  async #go<Outputs>(
    pipeline: { readonly name: string; readonly steps: ReadonlyArray<StepDefinition> },
    stored: StoredPipelineRun,
    experimentId: string,
    {
      concurrency,
      signal = new AbortController().signal,
      useCache = true,
    }: PipelineRunOptions & { concurrency: number },
  ): Promise<PipelineOutcome<Outputs>> {
    const answers = new Map<string, StoredOutput>([[INPUT, stored.input]])
    const reports: StepReport[] = []
    const { failures, skipped } = await runSteps(pipeline.steps, concurrency, signal, async (step) => {
      const { output, report } = await runStep(this.#deps, step, {
        run: stored,
        experimentId,
        inputs: new Map((step.needs ?? []).map((need) => [need, answers.get(need) as StoredOutput])), // it is ready
        signal,
        useCache,
      })
      answers.set(step.name, output)
      reports.push(report)
    })
    const [failure] = failures
    const isWhole = failure === undefined && skipped.length === 0
    const status = isWhole ? 'finished' : signal.aborted ? 'cancelled' : 'failed'
    await this.#end(stored, status, { reports, failed: failures.map(({ step }) => step), skipped })
    if (status === 'cancelled')
      throw new MlopsError(
        'mlops/cancelled',
        `pipeline '${pipeline.name}' was cancelled`,
        { run: stored.id, skipped },
        signal.reason,
      )
    if (failure !== undefined) throw failed(pipeline.name, stored.id, failure, skipped)
    const outputs = Object.fromEntries([...answers].map(([name, output]) => [name, decodeOutput(output)]))
    return { id: stored.id, runId: stored.runId, outputs: outputs as Outputs, steps: reports } // one answer a step
  }

  async #end(
    { id, runId }: StoredPipelineRun,
    status: PipelineStatus,
    {
      reports,
      failed: lost,
      skipped,
    }: { reports: ReadonlyArray<StepReport>; failed: string[]; skipped: ReadonlyArray<string> },
  ): Promise<void> {
    const word = { running: 'RUNNING', finished: 'FINISHED', failed: 'FAILED', cancelled: 'KILLED' } as const
    const named = (how: string): string =>
      reports.flatMap((report) => (report.how === how ? report.step : [])).join(' ')
    const lists = {
      ran: named('ran'),
      cached: named('cached'),
      resumed: named('resumed'),
      failed: lost.join(' '),
      skipped: skipped.join(' '),
    }
    const tags = Object.entries(lists).map(([key, value]) => ({
      key: `nomaly.pipeline.${key}`,
      value: value.slice(0, 5000),
    }))
    await this.#deps.pipelines.change(id, { kind: 'status', status, endedAt: this.#deps.now() })
    await closeRun(this.#deps, runId, word[status], { tags })
  }
}

function failed(
  pipeline: string,
  run: string,
  { step, error }: { readonly step: string; readonly error: unknown },
  skipped: ReadonlyArray<string>,
): MlopsError {
  const reason = error instanceof Error ? error.message : String(error)
  const after = skipped.length === 0 ? '' : `; skipped: ${skipped.join(', ')}`
  const message = `pipeline '${pipeline}' failed in step '${step}': ${reason}${after}`
  return new MlopsError('mlops/pipeline-failed', message, { pipeline, run, step, skipped }, error)
}

function concurrencyOf({ concurrency = 4 }: Pick<PipelineRunOptions, 'concurrency'>): number {
  if (Number.isInteger(concurrency) && concurrency >= 1) return concurrency
  throw invalidArgument('concurrency', `a whole number from 1 on is needed, found ${concurrency}`, {
    found: concurrency,
  })
}
