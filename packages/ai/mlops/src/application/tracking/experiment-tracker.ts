import { type RunTable, compareRuns } from '../../domain/compare-runs.ts'
import { MlopsError } from '../../domain/errors.ts'
import type { Page, SearchQuery } from '../../domain/page.ts'
import { isDeleted, notFound } from '../../domain/refusals.ts'
import type { Run } from '../../domain/run.ts'
import type { Tags } from '../../domain/tags.ts'
import { ActiveRun } from './active-run.ts'
import type { TrackerDeps } from './tracker-deps.ts'

/** How a run is started. */
export interface StartRun {
  /** An experiment's name; made when there is none. Default: the parent's, else `Default`. */
  readonly experiment?: string
  /** Made up when absent. */
  readonly name?: string
  readonly tags?: Tags
  /** The run that this one is a part of. */
  readonly parent?: { readonly id: string; readonly experimentId: string }
}

const PARENT_TAG = 'mlflow.parentRunId'

/** Starts runs, finds them and compares them. */
export class ExperimentTracker {
  readonly #deps: TrackerDeps

  constructor(deps: TrackerDeps) {
    this.#deps = deps
  }

  /** Opens a run. @throws MlopsError `mlops/invalid-state` for a deleted experiment, `mlops/invalid-argument` */
  async startRun({ experiment, name, tags = {}, parent }: StartRun = {}): Promise<ActiveRun> {
    const { runs, userId, now = Date.now } = this.#deps
    const experimentId =
      experiment === undefined ? (parent?.experimentId ?? '0') : await this.experimentIdOf(experiment)
    const run = await runs.create({
      experimentId,
      startedAt: now(),
      tags: parent === undefined ? tags : { ...tags, [PARENT_TAG]: parent.id },
      ...(name === undefined ? {} : { name }),
      ...(userId === undefined ? {} : { userId }),
    })
    return this.#opened(run)
  }

  /** Opens a run again that ended or whose process died. @throws MlopsError `mlops/not-found`, `mlops/invalid-state` */
  async resumeRun(id: string): Promise<ActiveRun> {
    return this.#opened(await this.#deps.runs.change(id, { kind: 'update', status: 'RUNNING' }))
  }

  /** Runs the work within a run, which ends as FINISHED, or as FAILED when the work throws. Answers what it answers. */
  async run<T>(start: StartRun, work: (run: ActiveRun) => Promise<T> | T): Promise<T> {
    const run = await this.startRun(start)
    let answer: T
    try {
      answer = await work(run)
    } catch (error) {
      await failWith(run, error)
      throw error
    }
    await run.end()
    return answer
  }

  /** Runs of the named experiments, or of all. @throws MlopsError `mlops/not-found`, `mlops/invalid-filter` */
  async searchRuns(query: SearchQuery & { readonly experiments?: ReadonlyArray<string> } = {}): Promise<Page<Run>> {
    const { experiments, ...search } = query
    return this.#deps.runs.search({ ...search, experimentIds: await this.#idsOf(experiments) })
  }

  /** The runs side by side, from any experiments. @throws MlopsError `mlops/not-found` */
  async compare(runIds: ReadonlyArray<string>): Promise<RunTable> {
    const runs = await Promise.all(
      runIds.map(async (id) => {
        const run = await this.#deps.runs.find(id)
        if (run === undefined) throw notFound('run', id)
        return run
      }),
    )
    return compareRuns(runs)
  }

  /** The id of the experiment of that name, made when there is none. @throws MlopsError `mlops/invalid-state` */
  async experimentIdOf(name: string): Promise<string> {
    const { experiments } = this.#deps
    const found = await experiments.find({ name })
    if (found?.lifecycleStage === 'deleted') throw isDeleted('experiment', name)
    if (found !== undefined) return found.id
    try {
      return (await experiments.create({ name })).id
    } catch (error) {
      // Another process was first.
      const made =
        MlopsError.is(error) && error.code === 'mlops/already-exists' ? await experiments.find({ name }) : undefined
      if (made === undefined) throw error
      return made.id
    }
  }

  async #opened(run: Run): Promise<ActiveRun> {
    const active = new ActiveRun(run, this.#deps)
    try {
      await active.observe()
    } catch (error) {
      await failWith(active, error)
      throw error
    }
    return active
  }

  async #idsOf(names: ReadonlyArray<string> | undefined): Promise<ReadonlyArray<string>> {
    if (names !== undefined)
      return Promise.all(
        names.map(async (name) => {
          const found = await this.#deps.experiments.find({ name })
          if (found === undefined) throw notFound('experiment', name)
          return found.id
        }),
      )
    const ids: string[] = []
    let page = await this.#deps.experiments.search({ limit: 1000 })
    for (;;) {
      ids.push(...page.items.map(({ id }) => id))
      if (page.next === undefined) return ids
      page = await this.#deps.experiments.search({ limit: 1000, pageToken: page.next })
    }
  }
}

// The work's own error is the one to know of; what the store refused besides is told with it.
async function failWith(run: ActiveRun, error: unknown): Promise<void> {
  try {
    await run.fail(error)
  } catch (refused) {
    throw new AggregateError([error, refused], `the run failed (${String(error)}), and could not be ended`, {
      cause: refused,
    })
  }
}
