import { join } from 'node:path'

import { type DatasetInfo, type DatasetStore } from '@nomaly/integration-files'
import {
  type CloudEvent,
  createJobThreads,
  JobRunner,
  openSqliteStore,
  OutboxEventBus,
  type SqliteStore,
} from '@nomaly/integration-sqlite'

import { jobHandlers } from '../jobs/job-handlers.ts'

/** Jobs and events of the platform. */
export interface Operations {
  readonly store: SqliteStore
  /** Keeps an event with a delivery for each who wants it. */
  readonly publish: (event: CloudEvent) => Promise<void>
  /** Says that a data set was added. */
  readonly uploaded: (info: DatasetInfo) => Promise<void>
  /** Takes jobs from now on, and delivers events. */
  readonly start: (datasets: Pick<DatasetStore, 'get' | 'pathOf'>) => void
  /** Gives back the jobs that run, and closes. */
  readonly close: () => Promise<void>
}

const DRAIN_MS = 1000

/** Opens the store of jobs and events under the data folder. Nothing runs before `start`. */
export function openOperations({
  dataPath,
  threads: most,
  onFault,
}: {
  readonly dataPath: string
  readonly threads: number
  readonly onFault: (error: unknown) => void
}): Operations {
  const store = openSqliteStore({ path: join(dataPath, 'operations.db') })
  const process = { now: Date.now, random: Math.random, onError: onFault }
  const bus = new OutboxEventBus({ ...store, ...process })
  const threads = createJobThreads({ threads: most })
  let runner: JobRunner | undefined
  return {
    store,
    publish: (event) => bus.publish(event),
    uploaded: (info) => bus.publish(uploadedEvent(info)),
    start: (datasets) => {
      bus.start()
      const handlers = jobHandlers({ threads, datasets, dataPath })
      runner = new JobRunner({ ...store, ...process, handlers, concurrency: most })
      runner.start()
    },
    close: async () => {
      await runner?.stop({ drainMs: DRAIN_MS })
      await threads.close()
      await bus.stop()
      await store.close()
    },
  }
}

function uploadedEvent({ id, name, rows, bytes, sha256 }: DatasetInfo): CloudEvent {
  return {
    specversion: '1.0',
    id: `uploaded-${id}`,
    source: '/nomaly/datasets',
    type: 'nomaly.dataset.uploaded',
    time: new Date().toISOString(),
    subject: id,
    datacontenttype: 'application/json',
    data: { datasetId: id, name, rows, bytes, sha256 },
  }
}
