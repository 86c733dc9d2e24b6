import { serveRoutes } from '@nomaly/integration-mlflow/node'

import type { NomalyContext } from '../context.ts'
import { NomalyError } from '../failure/nomaly-error.ts'
import { holdFolder } from './hold-folder.ts'
import { openPlatform } from './open-platform.ts'
import { platformApp } from './platform-app.ts'
import { refusedRequest } from './problem.ts'
import type { ServeFlags } from './serve-flags.ts'
import { mostConnections } from './server-limits.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/** Runs `serve` until it is interrupted. */
export async function runServe(
  { port, host, allowedHosts = [], log: isLogged, localWebhooks = false }: ServeFlags,
  context: NomalyContext,
): Promise<void> {
  const apiKey = context.env['NOMALY_API_KEY'] || undefined
  if (apiKey === undefined && !LOOPBACK.test(host)) {
    const message = `${host} can be reached by others, and nothing says who may come in: set NOMALY_API_KEY, or leave --host out`
    throw new NomalyError('nomaly/invalid-configuration', message, { host })
  }
  const secretKey = context.env['NOMALY_SECRET_KEY'] || undefined
  if (secretKey !== undefined && secretKey.length < 16)
    throw new NomalyError('nomaly/invalid-configuration', 'NOMALY_SECRET_KEY: must have at least 16 characters')
  const { data, threads, retention = {} } = await context.settings()
  const log = isLogged ? (line: string): void => context.note(line, 'asked') : undefined
  const onFault = (error: unknown): void =>
    context.note(error instanceof Error ? (error.stack ?? error.message) : String(error), 'warning')
  const letGo = await holdFolder(data)
  const platform = await openPlatform({
    dataPath: data,
    threads,
    onFault,
    log,
    retention,
    webhooks: { allowLocal: localWebhooks, secretKey },
    closing: context.signal,
  }).catch((error: unknown) => {
    letGo()
    throw error
  })
  try {
    const app = platformApp(platform, { apiKey, log, onFault })
    const server = await serveRoutes(app, {
      port,
      hostname: host,
      allowedHosts,
      mostConnections: await mostConnections(),
      refusal: refusedRequest,
    })
    context.note(`serving ${server.url}  (API: ${server.url}/docs; Ctrl-C ends it)`, 'asked')
    await aborted(context.signal)
    await server.close()
  } finally {
    await platform.close()
    letGo()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
