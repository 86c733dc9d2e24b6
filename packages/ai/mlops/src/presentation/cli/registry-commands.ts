import type { Command } from 'commander'

import type { Stage } from '../../domain/model-version.ts'
import type { MlopsCommandContext } from './command-context.ts'
import { addListFlags, addShownFlags, type ListFlags, parseBound, parseMore, type ShownFlags } from './flags.ts'
import type { PromoteFlags } from './run-registry.ts'
import type * as Commands from './run-registry.ts'

const VERSION = 'fraud/3, fraud@champion, fraud/latest or fraud'

/** Adds `versions`, `promote`, `alias`, `stage` and `delete` to `models`. */
export function addRegistryCommands(program: Command, context: MlopsCommandContext): void {
  const models =
    program.commands.find((one) => one.name() === 'models') ??
    program.command('models').description('Registered models.')
  addListFlags(models.command('versions').description('Lists the versions of a registered model.').argument('<name>'), {
    hasFilter: false,
  }).action(async (name: string, flags: ListFlags) => (await commands()).listVersions(name, flags, context))
  addShownFlags(
    models
      .command('promote')
      .description('Gives an alias to a registered version if every gate lets it pass (exit code 1 where one refuses).')
      .argument('<version>', VERSION)
      .option('--alias <alias>', 'what it becomes', 'champion')
      .option('--at-least <metric=value>', 'gate: the metric is at least so high; may be repeated', parseBound)
      .option('--at-most <metric=value>', 'gate: the metric is at most so high; may be repeated', parseBound)
      .option('--not-worse <alias:metric>', 'gate: as good as who has the alias now; may be repeated', parseMore)
      .option('--approved-by <name>', 'gate: has approved; may be repeated', parseMore)
      .option('--by <name>', 'who asks'),
  ).action(async (version: string, flags: PromoteFlags) => (await commands()).promoteVersion(version, flags, context))
  addShownFlags(
    models
      .command('alias')
      .description('Gives an alias to a registered version, without gates.')
      .argument('<version>', `${VERSION}; with --remove the model's name`)
      .argument('<alias>')
      .option('--remove', 'take the alias away'),
  ).action(async (version: string, alias: string, flags: ShownFlags) =>
    (await commands()).setAlias(version, alias, flags, context),
  )
  addShownFlags(
    models
      .command('stage')
      .description('Sets the stage of a registered version, for clients that know no aliases.')
      .argument('<version>', VERSION)
      .addArgument(models.createArgument('<stage>').choices(['None', 'Staging', 'Production', 'Archived']))
      .option('--archive-existing', 'the others of the stage go to Archived'),
  ).action(async (version: string, stage: Stage, flags: ShownFlags) =>
    (await commands()).setStage(version, stage, flags, context),
  )
  addShownFlags(
    models
      .command('delete')
      .description('Deletes registered models with all their versions, or single versions.')
      .argument('<models...>', 'fraud, or fraud/3'),
  ).action(async (wanted: ReadonlyArray<string>, flags: ShownFlags) =>
    (await commands()).deleteModels(wanted, flags, context),
  )
}

function commands(): Promise<typeof Commands> {
  return import('./run-registry.ts')
}
