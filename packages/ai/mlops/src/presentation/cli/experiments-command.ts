import type { Command } from 'commander'

import type { MlopsCommandContext } from './command-context.ts'
import { addListFlags, addShownFlags, type ListFlags, parsePair, type ShownFlags } from './flags.ts'
import type * as Commands from './run-experiments.ts'

const WHICH = 'name or id'

/** Adds `experiments list|create|show|delete|restore|move`. */
export function addExperimentsCommand(program: Command, context: MlopsCommandContext): void {
  const experiments = program
    .command('experiments')
    .summary('list, make, show, delete, restore and move experiments')
    .description('Experiments: named sets of runs.')
  addListFlags(experiments.command('list', { isDefault: true }).description('Lists experiments.')).action(
    async (flags: ListFlags) => (await commands()).listExperiments(flags, context),
  )
  addShownFlags(
    experiments
      .command('create')
      .description('Makes an experiment.')
      .argument('<name>', 'taken by no other, living or deleted')
      .option('--folder <path>', 'where it stands in lists: a/b')
      .option('--tag <key=value>', 'may be repeated', parsePair),
  ).action(async (name: string, flags: ShownFlags) => (await commands()).createExperiment(name, flags, context))
  addShownFlags(experiments.command('show').description('Shows an experiment.').argument('<experiment>', WHICH)).action(
    async (which: string, flags: ShownFlags) => (await commands()).showExperiment(which, flags, context),
  )
  addShownFlags(
    experiments
      .command('delete')
      .description('Deletes experiments with their runs; restore brings them back, runs purge does not.')
      .argument('<experiments...>', WHICH),
  ).action(async (which: ReadonlyArray<string>, flags: ShownFlags) =>
    (await commands()).changeExperiments(which, { kind: 'delete' }, flags, context),
  )
  addShownFlags(
    experiments.command('restore').description('Brings deleted experiments back.').argument('<experiments...>', WHICH),
  ).action(async (which: ReadonlyArray<string>, flags: ShownFlags) =>
    (await commands()).changeExperiments(which, { kind: 'restore' }, flags, context),
  )
  addShownFlags(
    experiments
      .command('move')
      .description('Moves experiments into a folder.')
      .argument('<experiments...>', WHICH)
      .requiredOption('--to <folder>', "a/b; '' is the top"),
  ).action(async (which: ReadonlyArray<string>, { to, ...flags }: ShownFlags & { readonly to: string }) =>
    (await commands()).changeExperiments(which, { kind: 'move', folder: to }, flags, context),
  )
}

function commands(): Promise<typeof Commands> {
  return import('./run-experiments.ts')
}
