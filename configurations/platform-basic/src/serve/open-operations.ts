import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'

import { type DatasetInfo, type DatasetStore } from '@nomaly/integration-files'
import {
  type CloudEvent,
  createJobThreads,
  JobRunner,
  openSqliteStore,
  OutboxEventBus,
  type SqliteStore,
  type Webhooks,
} from '@nomaly/integration-sqlite'

import { jobHandlers } from '../jobs/job-handlers.ts'
import { announceUploads, uploadedEvent } from '../subscribers/announce-uploads.ts'
import { countEvents } from '../subscribers/count-events.ts'
import { keepSoLong, type RetentionDays } from '../subscribers/keep-so-long.ts'
import { LOG_NAME, logAlarms } from '../subscribers/log-alarms.ts'
import { openWebhooks, type WebhookSettings } from '../subscribers/open-webhooks.ts'

/** Jobs and events of the platform. */
export interface Operations {
  readonly store: SqliteStore
  /** Keeps an event with a delivery for each who wants it. */
  readonly publish: (event: CloudEvent) => Promise<void>
  /** Says that a data set was added; where that fails, the next start says it. */
  readonly uploaded: (info: DatasetInfo) => Promise<void>
  readonly webhooks: Webhooks
  /** Takes jobs from now on, delivers events, and forgets what is old, also of the archive of MLOps. */
  readonly start: (
    datasets: Pick<DatasetStore, 'get' | 'pathOf' | 'list'>,
    archive: { readonly prune: (before: number) => Promise<number> },
  ) => Promise<void>
  /** Gives back the jobs that run, and closes. */
  readonly close: () => Promise<void>
}

const DRAIN_MS = 1000

/** What the operations are opened with. */
export interface OperationsOptions {
  readonly dataPath: string
  readonly threads: number
  readonly retention: RetentionDays
  readonly webhooks: WebhookSettings
  /** Takes a line of JSON for each alarm. */
  readonly log: ((line: string) => void) | undefined
  readonly onFault: (error: unknown) => void
}

/** Opens the store of jobs and events under the data folder. Nothing runs before `start`. */
export function openOperations(options: OperationsOptions): Operations {
  const { dataPath, threads: most, retention, log, onFault } = options
  const path = join(dataPath, 'operations.db')
  closeSync(openSync(path, 'a', 0o600)) // it holds the secrets of webhooks: nobody else's to read
  const store = openSqliteStore({ path })
  const process = { now: Date.now, random: Math.random, onError: onFault }
  const bus = new OutboxEventBus({ ...store, ...process })
  const webhooks = openWebhooks(store, bus, options.webhooks)
  const threads = createJobThreads({ threads: most })
  let runner: JobRunner | undefined
  let endRetention: (() => Promise<void>) | undefined
  return {
    store,
    webhooks,
    publish: (event) => bus.publish(event),
    uploaded: (info) => bus.publish(uploadedEvent(info)).catch(onFault),
    start: async (datasets, archive) => {
      await bus.subscribe(countEvents(store.counters))
      await (log === undefined ? bus.unsubscribe(LOG_NAME) : bus.subscribe(logAlarms(log)))
      await webhooks.start()
      await announceUploads(await datasets.list(), bus.publish)
      bus.start()
      const handlers = jobHandlers({ threads, datasets, dataPath })
      runner = new JobRunner({ ...store, ...process, handlers, concurrency: most })
      runner.start()
      endRetention = keepSoLong(store, retention, { archive, onFault })
    },
    close: async () => {
      await runner?.stop({ drainMs: DRAIN_MS })
      await threads.close()
      await endRetention?.()
      await bus.stop()
      await store.close()
    },
  }
}
