import type { View } from '../../domain/page.ts'
import type { MlopsCommandContext } from './command-context.ts'
import { eachOf } from './each-of.ts'
import { experimentOf } from './find-things.ts'
import type { ListFlags, ShownFlags } from './flags.ts'
import { experimentRecords } from './records.ts'

/** What the flags say is looked at. */
export function viewOf({ deleted = false, all = false }: Pick<ListFlags, 'deleted' | 'all'>): View {
  return all ? 'all' : deleted ? 'deleted' : 'active'
}

/** Runs `experiments list`. */
export async function listExperiments(flags: ListFlags, context: MlopsCommandContext): Promise<void> {
  const { filter, orderBy, limit, format, output } = flags
  const { experiments } = await context.mlops()
  const { items, next } = await experiments.search({
    view: viewOf(flags),
    limit,
    ...(filter === undefined ? {} : { filter }),
    ...(orderBy === undefined ? {} : { orderBy }),
  })
  await context.print(experimentRecords(items), { format, file: output })
  if (next !== undefined) context.note(`there are more: --limit ${limit * 10}`, 'asked')
}

/** Runs `experiments create NAME`. */
export async function createExperiment(
  name: string,
  flags: ShownFlags & { readonly folder?: string; readonly tag?: Readonly<Record<string, string>> },
  context: MlopsCommandContext,
): Promise<void> {
  const { folder, tag, format, output } = flags
  const { experiments } = await context.mlops()
  const made = await experiments.create({
    name,
    ...(folder === undefined ? {} : { folder }),
    ...(tag === undefined ? {} : { tags: tag }),
  })
  await context.print(experimentRecords([made], 'fields'), { format, file: output })
}

/** Runs `experiments show EXPERIMENT`. */
export async function showExperiment(
  text: string,
  { format, output }: ShownFlags,
  context: MlopsCommandContext,
): Promise<void> {
  const experiment = await experimentOf(await context.mlops(), text)
  await context.print(experimentRecords([experiment], 'fields'), { format, file: output })
}

/** Runs `experiments delete|restore EXPERIMENT...` and `experiments move EXPERIMENT... --to FOLDER`. */
export async function changeExperiments(
  texts: ReadonlyArray<string>,
  change:
    | { readonly kind: 'delete' }
    | { readonly kind: 'restore' }
    | { readonly kind: 'move'; readonly folder: string },
  flags: ShownFlags,
  context: MlopsCommandContext,
): Promise<void> {
  const services = await context.mlops()
  await eachOf('experiment', texts, flags, context, async (text) => {
    const { id } = await experimentOf(services, text)
    const { name, lifecycleStage, folder } = await services.experiments.change(id, change)
    return [name, change.kind === 'move' ? `in ${folder === '' ? 'the top folder' : folder}` : lifecycleStage]
  })
}
