import type { CopyReport } from '../../application/copy/copy-report.ts'
import { MlflowError } from '../../domain/errors.ts'
import type { MlflowCommandContext } from './command-context.ts'
import { credentialsIn, guardOf } from './credentials.ts'

const PARTIAL = 4
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/** The flags of `mlflow import` and `mlflow export`. */
export interface CopyFlags {
  readonly artifactRoot?: string
  readonly format?: 'table' | 'csv' | 'json' | 'jsonl'
  readonly output?: string
}

/** The flags of `mlflow serve`. */
export interface ServeFlags {
  readonly port: number
  readonly host: string
  readonly artifactRoot?: string
  readonly allowedHosts?: ReadonlyArray<string>
  readonly localWebhooks?: boolean
}

/** Runs `mlflow serve` until it is interrupted. */
export async function serveMlflow(
  { port, host, artifactRoot, allowedHosts = [], localWebhooks }: ServeFlags,
  context: MlflowCommandContext,
): Promise<void> {
  const credentials = credentialsIn(context.env)
  if (credentials === undefined && !LOOPBACK.test(host)) {
    const message =
      `${host} can be reached by others, and nothing says who may come in: set MLFLOW_TRACKING_USERNAME and ` +
      'MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, here and for the clients; or leave --host out'
    throw new MlflowError('mlflow/invalid-options', message, { host })
  }
  const services = await context.mlflow({ artifactFolder: artifactRoot, allowLocalWebhooks: localWebhooks })
  const routes = credentials === undefined ? {} : { authorize: guardOf(credentials) }
  const server = await services.serve({ port, hostname: host, allowedHosts, routes })
  context.note(`serving MLflow's API: MLFLOW_TRACKING_URI=${server.url}  (Ctrl-C ends it)`, 'asked')
  await aborted(context.signal)
  await server.close()
}

/** Runs `mlflow import PATH`. */
export async function importMlflow(path: string, flags: CopyFlags, context: MlflowCommandContext): Promise<void> {
  const { importFrom } = await context.mlflow({})
  const { artifactRoot } = flags
  const report = await importFrom(path, { artifactRoot, onProgress: context.progress, signal: context.signal })
  await tell(report, flags, context)
}

/** Runs `mlflow export URI`. */
export async function exportMlflow(
  trackingUri: string,
  flags: CopyFlags,
  context: MlflowCommandContext,
): Promise<void> {
  const auth = credentialsIn(context.env)
  const { exportTo } = await context.mlflow({})
  const report = await exportTo(
    { trackingUri, ...(auth === undefined ? {} : { auth }) },
    { onProgress: context.progress, signal: context.signal },
  )
  await tell(report, flags, context)
}

async function tell(
  { points, problems, ...counts }: CopyReport,
  { format, output }: CopyFlags,
  context: MlflowCommandContext,
): Promise<void> {
  context.progress(undefined)
  const rows: Array<ReadonlyArray<unknown>> = Object.entries(counts).map(([kind, one]) => [
    kind.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    one.copied,
    one.unchanged,
  ])
  rows.push(['points', points, null])
  await context.print(
    {
      columns: [
        { name: 'what', kind: 'text' },
        { name: 'copied', kind: 'integer' },
        { name: 'unchanged', kind: 'integer' },
      ],
      rows,
    },
    { format, file: output },
  )
  for (const { what, why } of problems) context.note(`not taken: ${what}: ${why}`, 'warning')
  if (problems.length > 0) context.exitWith(PARTIAL)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
