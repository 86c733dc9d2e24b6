import type { Command } from 'commander'

import type { ModelChoice } from '../../application/score-with-model.ts'
import type { DetectionCommandContext } from './command-context.ts'
import { parseModelChoice } from './flag-values.ts'
import { addOutputFlags, type OutputFlags } from './flags.ts'

/** Adds `models list`, `models show` and `models remove`. */
export function addModelsCommand(program: Command, context: DetectionCommandContext): void {
  const models = program
    .command('models')
    .summary('list, show and remove models')
    .description('Kept detectors and registered models.')
  const list = models
    .command('list', { isDefault: true })
    .description('Lists every version of every model, kept detectors and registered models.')
  addOutputFlags(list).action(async (flags: OutputFlags) => {
    const { listModels } = await import('./run-models.ts')
    await listModels(flags, context)
  })
  const show = models
    .command('show')
    .description('Shows a model: all but what it has learned.')
    .argument('<model>', 'a name, or name@3 for its third version', parseModelChoice)
  addOutputFlags(show).action(async (choice: ModelChoice, flags: OutputFlags) => {
    const { showModel } = await import('./run-models.ts')
    await showModel(choice, flags, context)
  })
  const remove = models
    .command('remove')
    .description('Removes models; what is not there is told, and the rest removed (exit code 4).')
    .argument('<models...>', 'name removes every version, name@3 the third', parseModelChoices)
  addOutputFlags(remove).action(async (choices: ReadonlyArray<ModelChoice>, flags: OutputFlags) => {
    const { removeModels } = await import('./run-models.ts')
    await removeModels(choices, flags, context)
  })
}

function parseModelChoices(text: string, before: ReadonlyArray<ModelChoice> = []): ReadonlyArray<ModelChoice> {
  return [...before, parseModelChoice(text)]
}
