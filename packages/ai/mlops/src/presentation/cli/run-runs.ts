import type { PurgeQuery } from '../../application/ports/purger.ts'
import type { MlopsCommandContext, MlopsCommandServices } from './command-context.ts'
import { eachOf } from './each-of.ts'
import { experimentOf, runOf } from './find-things.ts'
import type { ListFlags, ShownFlags } from './flags.ts'
import { integer, runRecord, runRecords, text } from './records.ts'
import { viewOf } from './run-experiments.ts'

const DAY_MS = 86_400_000

/** The flags of `runs list` and `runs search`. */
export interface RunListFlags extends ListFlags {
  readonly experiment?: ReadonlyArray<string>
}

/** Runs `runs list` and `runs search FILTER`. */
export async function listRuns(flags: RunListFlags, context: MlopsCommandContext): Promise<void> {
  const { experiment = [], filter, orderBy, limit, format, output } = flags
  const services = await context.mlops()
  const named = await Promise.all(experiment.map((one) => experimentOf(services, one)))
  const { items, next } = await services.tracker.searchRuns({
    view: viewOf(flags),
    limit,
    ...(named.length === 0 ? {} : { experiments: named.map(({ name }) => name) }),
    ...(filter === undefined ? {} : { filter }),
    ...(orderBy === undefined ? {} : { orderBy }),
  })
  const names = await experimentNames(
    services,
    items.map(({ experimentId }) => experimentId),
  )
  await context.print(runRecords(items, names), { format, file: output })
  if (next !== undefined) context.note(`there are more: --limit ${limit * 10}`, 'asked')
}

/** Runs `runs show RUN`. */
export async function showRun(
  wanted: string,
  { format, output }: ShownFlags,
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  const run = await runOf(services, wanted)
  await context.print(runRecord(run, await experimentNames(services, [run.experimentId])), { format, file: output })
}

/** Runs `runs compare RUN RUN...`: a line a param or metric, a column a run. */
export async function compareRunsCommand(
  wanted: ReadonlyArray<string>,
  { differing = false, format, output }: ShownFlags & { readonly differing?: boolean },
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  const found = await Promise.all(wanted.map((one) => runOf(services, one)))
  const { runs, params, metrics } = await services.tracker.compare(found.map(({ id }) => id))
  const isUnique = new Set(runs.map(({ name }) => name)).size === runs.length
  const rows = [
    ...params.map(({ key, values, differs }) => ['param', key, differs, ...values.map((value) => value ?? null)]),
    ...metrics.map(({ key, values, differs }) => ['metric', key, differs, ...values.map((one) => one?.value ?? null)]),
  ]
  const columns = ['kind', 'key', 'differs', ...runs.map(({ id, name }) => (isUnique ? name : id))].map(text)
  await context.print(
    { columns, rows: differing ? rows.filter((row) => row[2] === true) : rows },
    { format, file: output },
  )
}

/** Runs `runs delete|restore RUN...` and `runs move RUN... --to EXPERIMENT`. */
export async function changeRuns(
  wanted: ReadonlyArray<string>,
  change: { readonly kind: 'delete' | 'restore' } | { readonly kind: 'move'; readonly to: string },
  flags: ShownFlags,
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  const target = change.kind === 'move' ? await experimentOf(services, change.to) : undefined
  await eachOf('run', wanted, flags, context, async (one) => {
    const { id } = await runOf(services, one)
    if (target !== undefined) {
      await services.runs.change(id, { kind: 'move', experimentId: target.id })
      return [id, `in ${target.name}`]
    }
    const { lifecycleStage } = await services.runs.change(id, {
      kind: change.kind === 'restore' ? 'restore' : 'delete',
    })
    return [id, lifecycleStage]
  })
}

/** Runs `runs purge [RUN...]`. */
export async function purgeRuns(
  wanted: ReadonlyArray<string>,
  flags: ShownFlags & { readonly olderThan?: number; readonly keepArtifacts?: boolean },
  context: MlopsCommandContext,
): Promise<void> {
  const { olderThan, keepArtifacts = false, format, output } = flags
  const services = await context.mlops()
  const runIds = await Promise.all(wanted.map(async (one) => (await runOf(services, one)).id))
  const query: PurgeQuery = {
    keepArtifacts,
    ...(runIds.length === 0 ? {} : { runIds }),
    ...(olderThan === undefined ? {} : { deletedBefore: Date.now() - olderThan * DAY_MS }),
  }
  const { experiments, runs, loggedModels, artifacts, freedBytes, keptLocations } = await services.purger.purge(query)
  const columns = ['experiments', 'runs', 'logged_models', 'artifacts', 'freed_bytes'].map(integer)
  await context.print(
    { columns, rows: [[experiments, runs, loggedModels, artifacts, freedBytes]] },
    { format, file: output },
  )
  for (const location of keptLocations) context.note(`${location} was left as it is`, 'warning')
}

async function experimentNames(
  { experiments }: MlopsCommandServices,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all([...new Set(ids)].map((id) => experiments.find({ id })))
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.id, one.name] as const])))
}
