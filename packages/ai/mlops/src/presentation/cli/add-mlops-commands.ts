import type { Command } from 'commander'

import { addArtifactsCommand } from './artifacts-command.ts'
import type { MlopsCommandContext } from './command-context.ts'
import { addExperimentsCommand } from './experiments-command.ts'
import { addRegistryCommands } from './registry-commands.ts'
import { addRunsCommand } from './runs-command.ts'

/**
 * Adds `experiments`, `runs`, `artifacts`, and to `models` (made where it is missing) `versions`, `promote`, `alias`, `stage`
 * and `delete`. What they need is loaded when one of them runs.
 */
export function addMlopsCommands(program: Command, context: MlopsCommandContext): void {
  addExperimentsCommand(program, context)
  addRunsCommand(program, context)
  addRegistryCommands(program, context)
  addArtifactsCommand(program, context)
}
