import type { Command } from 'commander'

import type { DetectionCommandContext } from './command-context.ts'
import { addOutputFlags, type OutputFlags } from './flags.ts'

/** Adds `report` and `results`, where there are results. */
export function addResultCommands(program: Command, context: DetectionCommandContext): void {
  const { results } = context
  if (results === undefined) return
  const access = { ...context, results }
  program
    .command('report')
    .summary('write a kept result as a page')
    .description(
      'Writes a kept result as one HTML file that needs nothing else: what was found, in words and pictures, the strangest ' +
        'rows and why they are strange, how it was made and how to make it again. It prints well.',
    )
    .argument('<result>', 'an id, as the command results lists them, or last')
    .option('-o, --output <file>', 'write there, whole or not at all (default: the standard output)')
    .action(async (choice: string, { output }: OutputFlags) => {
      const { runReport } = await import('./run-results.ts')
      await runReport(choice, output, access)
    })
  const kept = program
    .command('results')
    .summary('list and remove kept results')
    .description('Results that detect --keep or nomaly serve has kept.')
  const list = kept.command('list', { isDefault: true }).description('Lists every result, the newest first.')
  addOutputFlags(list).action(async (flags: OutputFlags) => {
    const { listResults } = await import('./run-results.ts')
    await listResults(flags, access)
  })
  const remove = kept
    .command('remove')
    .description(
      'Removes results with their feedback; the data stay. What is not there is told, and the rest removed (exit code 4).',
    )
    .argument('<results...>', 'ids, or last')
  addOutputFlags(remove).action(async (choices: ReadonlyArray<string>, flags: OutputFlags) => {
    const { removeResults } = await import('./run-results.ts')
    await removeResults(choices, flags, access)
  })
}
