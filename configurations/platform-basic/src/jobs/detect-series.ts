import { keepSeries, readTimeSeries } from '@nomaly/ai-anomaly-detection/time-series'
import { createFileTables } from '@nomaly/integration-files'
import type { JobContext } from '@nomaly/integration-sqlite'

import { type DetectJob, keptOptions } from './detect-job.ts'
import { optionsOf } from './thread-work.ts'

/** Searches the series of a data set, and keeps the result. */
export async function detectSeries(
  { file, dataset, request, results, time }: DetectJob & { readonly time: string },
  context: JobContext,
): Promise<void> {
  const { value, key, period } = request
  const names = value === undefined ? undefined : [time, value, ...(key === undefined ? [] : [key])]
  const table = await createFileTables().open({ ...file, columns: names, signal: context.signal })
  const read = await readTimeSeries(table, { time, value, key })
  await keepSeries(results, {
    id: context.id,
    table: read,
    columns: { time, key },
    options: { ...optionsOf(request), period, signal: context.signal },
    about: { dataset, createdAt: Date.now(), options: keptOptions(request) },
    now: () => performance.now(),
    onSeries: async (done, total) => {
      context.progress({ done, total, message: 'series' })
      await new Promise((resolve) => setImmediate(resolve)) // lets the word through that the job is cancelled
      context.signal.throwIfAborted()
    },
  })
}
