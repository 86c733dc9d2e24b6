import { z } from 'zod'

import { MlflowError } from '../../domain/errors.ts'

/** Who asks. */
export type MlflowAuth =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }

/** Which MLflow server to use, and how. */
export interface RemoteMlflowOptions {
  /** Such as `https://mlflow.example.com`, a prefix included if there is one; `user:password@` in it is `basic` auth. */
  readonly trackingUri: string
  readonly auth?: MlflowAuth
  /** Of one attempt at a call, milliseconds; default 120,000. */
  readonly timeoutMs?: number
  /** Of one up- or download of an artifact, milliseconds; default an hour. */
  readonly artifactTimeoutMs?: number
  /** Further attempts where the server is busy, failing or not reached; default 7, as MLflow's own client. */
  readonly retries?: number
  /** The wait before the first further attempt, milliseconds, doubled for each one after it; default 1,000. */
  readonly backoffMs?: number
  /** Sends a request; the global `fetch` by default. */
  readonly fetch?: typeof globalThis.fetch
  /** Waits; the global timer by default. */
  readonly sleep?: (ms: number) => Promise<void>
  /** Epoch milliseconds; the system's clock by default. */
  readonly now?: () => number
}

const ms = z.number().int().positive()
const isFunction = z.custom<never>((value) => typeof value === 'function', 'must be a function').optional()
const schema = z.strictObject({
  trackingUri: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' }),
  auth: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('basic'), username: z.string(), password: z.string() }),
      z.strictObject({ kind: z.literal('bearer'), token: z.string().min(1) }),
    ])
    .optional(),
  timeoutMs: ms.default(120_000),
  artifactTimeoutMs: ms.default(3_600_000),
  retries: z.number().int().nonnegative().default(7),
  backoffMs: z.number().nonnegative().default(1000),
  fetch: isFunction,
  sleep: isFunction,
  now: isFunction,
})

/** Options with defaults, the credentials of the URL taken out of it. */
export interface ReadyRemote extends Required<Omit<RemoteMlflowOptions, 'auth'>> {
  /** The value of the `Authorization` header. */
  readonly authorization: string | undefined
}

/** @throws MlflowError `mlflow/invalid-options`, with `details.issues`; never with a credential in it */
export function readyRemote(options: RemoteMlflowOptions): ReadyRemote {
  const result = schema.safeParse(options)
  if (!result.success) {
    const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new MlflowError('mlflow/invalid-options', `Invalid options: ${issues.join('; ')}`, { issues })
  }
  const { timeoutMs, artifactTimeoutMs, retries, backoffMs, auth } = result.data
  const url = new URL(options.trackingUri)
  const inUrl =
    url.username === '' ? undefined : basic(decodeURIComponent(url.username), decodeURIComponent(url.password))
  const given = auth?.kind === 'bearer' ? `Bearer ${auth.token}` : auth && basic(auth.username, auth.password)
  return {
    trackingUri: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    authorization: given ?? inUrl,
    timeoutMs,
    artifactTimeoutMs,
    retries,
    backoffMs,
    fetch: options.fetch ?? ((...call) => globalThis.fetch(...call)),
    sleep: options.sleep ?? ((wait) => new Promise((resolve) => setTimeout(resolve, wait))),
    now: options.now ?? Date.now,
  }
}

function basic(username: string, password: string): string {
  const bytes = new TextEncoder().encode(`${username}:${password}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}
