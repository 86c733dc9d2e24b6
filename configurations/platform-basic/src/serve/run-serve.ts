import { serveRoutes } from '@nomaly/integration-mlflow/node'

import type { NomalyContext } from '../context.ts'
import { NomalyError } from '../failure/nomaly-error.ts'
import { openPlatform } from './open-platform.ts'
import { platformApp } from './platform-app.ts'
import type { ServeFlags } from './serve-flags.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/** Runs `serve` until it is interrupted. */
export async function runServe(
  { port, host, allowedHosts = [], log }: ServeFlags,
  context: NomalyContext,
): Promise<void> {
  const apiKey = context.env['NOMALY_API_KEY'] || undefined
  if (apiKey === undefined && !LOOPBACK.test(host)) {
    const message = `${host} can be reached by others, and nothing says who may come in: set NOMALY_API_KEY, or leave --host out`
    throw new NomalyError('nomaly/invalid-configuration', message, { host })
  }
  const { data, threads } = await context.settings()
  const onFault = (error: unknown): void =>
    context.note(error instanceof Error ? (error.stack ?? error.message) : String(error), 'warning')
  const platform = await openPlatform({ dataPath: data, threads, onFault, closing: context.signal })
  try {
    const app = platformApp(platform, { apiKey, log: log ? (line) => context.note(line, 'asked') : undefined, onFault })
    const server = await serveRoutes(app, { port, hostname: host, allowedHosts })
    context.note(`serving ${server.url}  (API: ${server.url}/docs; Ctrl-C ends it)`, 'asked')
    await aborted(context.signal)
    await server.close()
  } finally {
    await platform.close()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
