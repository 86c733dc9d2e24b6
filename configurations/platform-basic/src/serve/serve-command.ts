import { type Command, InvalidArgumentError } from 'commander'

import type { NomalyContext } from '../context.ts'
import type { ServeFlags } from './serve-flags.ts'

/** Adds `serve`. */
export function addServeCommand(program: Command, context: NomalyContext): void {
  program
    .command('serve')
    .summary('REST API, MLflow API, inference protocol and metrics in one process')
    .description(
      'Serves everything over the data folder: REST under /api/v1 with /docs, MLflow clients, the open inference protocol under /v2, ' +
        '/health/readiness and /metrics. NOMALY_API_KEY sets the key that every request must show; without it only this machine may be listened on.',
    )
    .option('--port <number>', '0 takes a free one', parsePort, 8001)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option(
      '--allowed-hosts <names>',
      'further names that requests may be addressed to, such as nomaly.internal',
      parseNames,
    )
    .option('--local-webhooks', 'webhooks may call this machine and its network, also over http')
    .option('--no-log', 'no line for each request and each alarm on stderr')
    .action(async (flags: ServeFlags) => {
      const { runServe } = await import('./run-serve.ts')
      await runServe(flags, context)
    })
}

function parsePort(text: string): number {
  const port = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isSafeInteger(port) && port >= 0 && port <= 65_535) return port
  throw new InvalidArgumentError('Give a port from 0 to 65535.')
}

function parseNames(text: string): ReadonlyArray<string> {
  const names = text.split(',').map((name) => name.trim())
  if (names.every((name) => name !== '')) return names
  throw new InvalidArgumentError('Give names such as nomaly.internal,10.0.0.7')
}
