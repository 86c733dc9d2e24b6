import type { Command } from 'commander'

import type { MlopsCommandContext } from './command-context.ts'
import { addListFlags, addShownFlags, parseDays, parseMore, type ShownFlags } from './flags.ts'
import type { RunListFlags } from './run-runs.ts'
import type * as Commands from './run-runs.ts'

const WHICH = 'id, its first digits (4 or more), or name'

/** Adds `runs list|show|compare|search|delete|restore|move|purge`. */
export function addRunsCommand(program: Command, context: MlopsCommandContext): void {
  const runs = program
    .command('runs')
    .summary('list, show, compare, search, delete, restore, move and purge tracked runs')
    .description('Tracked runs: what went in and what came out.')
  withExperiment(
    addListFlags(runs.command('list', { isDefault: true }).description('Lists runs, the newest first.')),
  ).action(async (flags: RunListFlags) => (await commands()).listRuns(flags, context))
  withExperiment(
    addListFlags(
      runs
        .command('search')
        .description('Lists the runs that a filter lets through.')
        .argument('<filter>', "such as: metrics.auc > 0.9 AND (params.kind = 'knn' OR tags.team LIKE 'r%')"),
      { hasFilter: false },
    ),
  ).action(async (filter: string, flags: RunListFlags) => (await commands()).listRuns({ ...flags, filter }, context))
  addShownFlags(runs.command('show').description('Shows a run.').argument('<run>', WHICH)).action(
    async (run: string, flags: ShownFlags) => (await commands()).showRun(run, flags, context),
  )
  addShownFlags(
    runs
      .command('compare')
      .description('Shows the params and metrics of runs side by side.')
      .argument('<runs...>', WHICH)
      .option('--differing', 'only what they differ in'),
  ).action(async (wanted: ReadonlyArray<string>, flags: ShownFlags) =>
    (await commands()).compareRunsCommand(wanted, flags, context),
  )
  for (const kind of ['delete', 'restore'] as const) {
    const description =
      kind === 'delete' ? 'Deletes runs; restore brings them back, purge does not.' : 'Brings deleted runs back.'
    addShownFlags(runs.command(kind).description(description).argument('<runs...>', WHICH)).action(
      async (wanted: ReadonlyArray<string>, flags: ShownFlags) =>
        (await commands()).changeRuns(wanted, { kind }, flags, context),
    )
  }
  addShownFlags(
    runs
      .command('move')
      .description('Moves runs into another experiment.')
      .argument('<runs...>', WHICH)
      .requiredOption('--to <experiment>', 'name or id'),
  ).action(async (wanted: ReadonlyArray<string>, { to, ...flags }: ShownFlags & { readonly to: string }) =>
    (await commands()).changeRuns(wanted, { kind: 'move', to }, flags, context),
  )
  addShownFlags(
    runs
      .command('purge')
      .description('Removes what was deleted for good, files included: experiments, runs, logged models.')
      .argument('[runs...]', `only these deleted runs: ${WHICH}`)
      .option('--older-than <days>', 'only what was deleted so many days ago', parseDays)
      .option('--keep-artifacts', 'leave the files'),
  ).action(async (wanted: ReadonlyArray<string>, flags: ShownFlags) =>
    (await commands()).purgeRuns(wanted, flags, context),
  )
}

function withExperiment(command: Command): Command {
  return command.option('--experiment <experiment>', 'name or id; may be repeated (default: all)', parseMore)
}

function commands(): Promise<typeof Commands> {
  return import('./run-runs.ts')
}
