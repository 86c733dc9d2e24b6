import type { Experiment } from '../../domain/experiment.ts'
import type { LoggedModel } from '../../domain/logged-model.ts'
import type { Run } from '../../domain/run.ts'
import { COPY_ID } from './copied-from.ts'
import type { CopyContext } from './copy-context.ts'
import { beginLoggedModel, fillLoggedModel } from './copy-logged-model.ts'
import { isRefusal } from './copy-report.ts'
import { beginRun, fillRun } from './copy-run.ts'

/** Copies an experiment with its runs and logged models into the one of its name, made when it is missing. */
export async function copyExperiment(context: CopyContext, experiment: Experiment): Promise<void> {
  const { target, tally } = context
  const found = await target.experiments.find({ name: experiment.name })
  const copy = found ?? (await target.experiments.create({ name: experiment.name, tags: experiment.tags }))
  tally.count('experiments', found === undefined ? 'copied' : 'unchanged')
  if (found?.lifecycleStage === 'deleted') await target.experiments.change(copy.id, { kind: 'restore' })
  for (const [key, value] of Object.entries(experiment.tags)) {
    if (copy.tags[key] !== value) await target.experiments.change(copy.id, { kind: 'set-tag', key, value })
  }
  await copyRuns(context, experiment.id, copy.id)
  if (experiment.lifecycleStage === 'deleted') await target.experiments.change(copy.id, { kind: 'delete' })
}

async function copyRuns(context: CopyContext, from: string, to: string): Promise<void> {
  const { source, tally } = context
  const there = await copiesIn(context, to)
  const runs: Array<readonly [Run, Run]> = []
  for await (const run of source.runs(from)) {
    try {
      runs.push([run, await beginRun(context, run, to, there)])
    } catch (error) {
      tally.note(`run ${run.id}`, error)
    }
  }
  const models: Array<readonly [LoggedModel, LoggedModel]> = []
  for await (const model of source.loggedModels(from)) {
    try {
      models.push([model, await beginLoggedModel(context, model, to)])
    } catch (error) {
      tally.note(`logged model ${model.id}`, error)
    }
  }
  // models before runs: a run that was deleted takes no metrics any more
  for (const [model, copy] of models)
    await noted(`logged model ${model.id}`, () => fillLoggedModel(context, model, copy))
  for (const [run, copy] of runs) await noted(`run ${run.id}`, () => fillRun(context, run, copy))

  async function noted(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!isRefusal(error)) throw error
      tally.note(what, error)
    }
  }
}

async function copiesIn({ target }: CopyContext, experimentId: string): Promise<ReadonlyMap<string, Run>> {
  const copies = new Map<string, Run>()
  let pageToken: string | undefined
  do {
    const page = await target.runs.search({
      experimentIds: [experimentId],
      view: 'all',
      limit: 1000,
      ...(pageToken === undefined ? {} : { pageToken }),
    })
    for (const run of page.items) {
      const id = run.tags[COPY_ID]
      if (id !== undefined) copies.set(id, run)
    }
    pageToken = page.next
  } while (pageToken !== undefined)
  return copies
}
