import type { SqliteStore } from '@nomaly/integration-sqlite'

import { UPLOADED } from './announce-uploads.ts'

/** For how many days what is done with is kept; 0 keeps it for ever. */
export interface RetentionDays {
  /** Jobs that have ended, with their output; default 30. */
  readonly jobs?: number | undefined
  /** Events that everybody has got; default 30. */
  readonly events?: number | undefined
  /** How calls of webhooks went; default 30. */
  readonly deliveries?: number | undefined
  /** Who changed what; default 365. */
  readonly audit?: number | undefined
}

type Prune = (before: number) => Promise<number>

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/**
 * Forgets, now and every hour, what is older than it is to be. What waits to be delivered stays, and so do dead letters and jobs that
 * have not ended. Answers how to stop it.
 * @param archive - the events of MLOps, which keeps its own
 */
export function keepSoLong(
  { log, events, webhooks, audit }: Pick<SqliteStore, 'log' | 'events' | 'webhooks' | 'audit'>,
  { jobs: jobDays = 30, events: eventDays = 30, deliveries = 30, audit: auditDays = 365 }: RetentionDays,
  { archive, onFault }: { readonly archive: { readonly prune: Prune }; readonly onFault: (error: unknown) => void },
): () => Promise<void> {
  const prunes: ReadonlyArray<readonly [number, Prune]> = [
    [jobDays, log.prune],
    [eventDays, (before) => events.prune(before, [UPLOADED])],
    [eventDays, archive.prune],
    [deliveries, webhooks.prune],
    [auditDays, audit.prune],
  ]
  const tidy = async (): Promise<void> => {
    for (const [days, prune] of prunes) if (days > 0) await prune(Math.floor(Date.now() - days * DAY_MS)).catch(onFault)
  }
  let last = tidy()
  const timer = setInterval(() => {
    last = last.then(tidy)
  }, HOUR_MS).unref()
  return () => {
    clearInterval(timer)
    return last
  }
}
