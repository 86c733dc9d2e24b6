import type { Command } from 'commander'

import type { MlopsCommandContext } from './command-context.ts'
import { addShownFlags, type ShownFlags } from './flags.ts'
import type * as Commands from './run-artifacts.ts'

const OWNER = 'a run (id, first digits or name), models:/fraud@champion, or a logged model m-...'

/** Adds `artifacts list|get|put`. */
export function addArtifactsCommand(program: Command, context: MlopsCommandContext): void {
  const artifacts = program
    .command('artifacts')
    .summary('list, read and write the files of runs and models')
    .description('The files of runs and models.')
  addShownFlags(
    artifacts
      .command('list')
      .description('Lists files.')
      .argument('<owner>', OWNER)
      .argument('[path]', 'a folder')
      .option('--recursive', 'with all in folders'),
  ).action(async (owner: string, path: string | undefined, flags: ShownFlags) =>
    (await commands()).listArtifacts(owner, path, flags, context),
  )
  artifacts
    .command('get')
    .description('Reads a file.')
    .argument('<owner>', OWNER)
    .argument('<path>', 'as list shows it')
    .option('-o, --output <file>', 'write there, whole or not at all (default: the standard output)')
    .action(async (owner: string, path: string, flags: { readonly output?: string }) =>
      (await commands()).getArtifact(owner, path, flags, context),
    )
  addShownFlags(
    artifacts
      .command('put')
      .description('Stores a file; one that is there is replaced.')
      .argument('<owner>', OWNER)
      .argument('<file>', '- is the standard input')
      .argument('[path]', "where it goes; default the file's name"),
  ).action(async (owner: string, file: string, path: string | undefined, flags: ShownFlags) => {
    const name = file === '-' ? 'stdin' : file.replace(/^.*[\\/]/, '')
    await (await commands()).putArtifact(owner, [file, path ?? name], flags, context)
  })
}

function commands(): Promise<typeof Commands> {
  return import('./run-artifacts.ts')
}
