import type { Command } from 'commander'

import type { MlflowCommandContext } from './command-context.ts'
import type * as Commands from './run-mlflow.ts'
import type { CopyFlags, ServeFlags } from './run-mlflow.ts'

const DEFAULT_PORT = 8001

// What commander takes for a wrong value; its class would have to be loaded to be thrown.
class InvalidFlagValue extends Error {
  readonly code = 'commander.invalidArgument'
}

/** Adds `mlflow serve|import|export`. What they need is loaded when one of them runs. */
export function addMlflowCommands(program: Command, context: MlflowCommandContext): void {
  const mlflow = program
    .command('mlflow')
    .summary("serve MLflow's API; import and export")
    .description('MLflow: its API over the data folder, and ways in and out of its own stores.')
  mlflow
    .command('serve')
    .description(
      'Serves the API that MLflow clients use, until it is interrupted: set MLFLOW_TRACKING_URI to what it says.',
    )
    .option('--port <number>', '0 takes a free one', parsePort, DEFAULT_PORT)
    .option('--host <address>', 'others than this machine need credentials, see below', '127.0.0.1')
    .option('--artifact-root <folder>', 'where the bytes of artifacts are (default: artifacts in the data folder)')
    .option('--allowed-hosts <names>', 'further names that clients call it by, a,b or * (header Host)', parseNames)
    .option('--local-webhooks', 'webhooks may call this machine and its network, also over http')
    .addHelpText(
      'after',
      '\nWith MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment of server and clients\nonly who knows them is let in.',
    )
    .action(async (flags: ServeFlags) => (await commands()).serveMlflow(flags, context))
  withOutput(
    mlflow
      .command('import')
      .description('Copies a folder mlruns or a file mlflow.db into the data folder; again adds what is new.')
      .argument('<path>', 'mlruns or mlflow.db')
      .option('--artifact-root <folder>', 'the folder behind mlflow-artifacts:, where it is not beside the file'),
  ).action(async (path: string, flags: CopyFlags) => (await commands()).importMlflow(path, flags, context))
  withOutput(
    mlflow
      .command('export')
      .description('Copies all that is tracked to an MLflow server; again adds what is new.')
      .argument('<uri>', 'such as http://127.0.0.1:5000; credentials as MLFLOW_TRACKING_... in the environment'),
  ).action(async (uri: string, flags: CopyFlags) => (await commands()).exportMlflow(uri, flags, context))
}

function withOutput(command: Command): Command {
  return command
    .addOption(
      command
        .createOption('--format <format>', 'default: a table on a terminal, csv in a pipe')
        .choices(['table', 'csv', 'json', 'jsonl']),
    )
    .option('-o, --output <file>', 'write there, whole or not at all')
}

function parsePort(text: string): number {
  const port = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isSafeInteger(port) && port >= 0 && port <= 65_535) return port
  throw new InvalidFlagValue('Give a port from 0 to 65535.')
}

function parseNames(text: string): ReadonlyArray<string> {
  const names = text.split(',').map((name) => name.trim())
  if (names.every((name) => name !== '')) return names
  throw new InvalidFlagValue('Give names such as tracker.internal,10.0.0.7')
}

function commands(): Promise<typeof Commands> {
  return import('./run-mlflow.ts')
}
