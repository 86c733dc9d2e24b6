import type { Command } from 'commander'

import type { NomalyContext } from '../context.ts'

/** Adds `doctor`. */
export function addDoctorCommand(program: Command, context: NomalyContext): void {
  program
    .command('doctor')
    .summary('tell versions, and which parts are on or off and why')
    .description('Tells versions, the data folder, and which optional parts are on or off, why, and how to mend it.')
    .addOption(
      program
        .createOption('--format <format>', 'default: a table on a terminal, csv in a pipe')
        .choices(['table', 'csv', 'json', 'jsonl']),
    )
    .action(async ({ format }: { readonly format?: 'table' | 'csv' | 'json' | 'jsonl' }) => {
      const { runDoctor } = await import('./run-doctor.ts')
      await runDoctor(format, context)
    })
}
