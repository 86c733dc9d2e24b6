import { type DetectionResult, readDataset } from '@nomaly/ai-anomaly-detection'
import { createBasicAnomalyDetectionConfiguration } from '@nomaly/configuration-anomaly-detection-basic'
import { createFileTables } from '@nomaly/integration-files'
import type { CloudEvent, JobContext } from '@nomaly/integration-sqlite'

import type { JobInput, ThreadJob } from './job-inputs.ts'

interface Scoring extends Omit<ThreadJob, 'input' | 'name'> {
  readonly request: JobInput<'detect'> & { readonly model: NonNullable<JobInput<'detect'>['model']> }
}

interface Found {
  readonly index: number
  readonly score: number
}

const MOST_TOLD = 1000
const MOST_IN_EVENT = 100

/** Scores a data set with a kept model, a batch at a time: memory does not grow with the rows. */
export async function scoreInBatches(
  { dataPath, file, rows: total, request }: Scoring,
  context: JobContext,
): Promise<unknown> {
  const { model: choice, threshold, columns } = request
  const quiet = { publish: async () => undefined } // one event for all, not one for each batch
  const configuration = createBasicAnomalyDetectionConfiguration({ dataPath, events: quiet })
  const start = performance.now()
  try {
    const { models, scoring } = configuration.createServices()
    const model = await models.find(choice.name, choice.version)
    const used = columns ?? model?.features
    const encodings = model?.encodings
    const table = await createFileTables().open({ ...file, brief: true, signal: context.signal })
    let [rows, anomalyCount, last] = [0, 0, undefined as DetectionResult | undefined]
    let anomalies: ReadonlyArray<Found> = []
    for await (const batch of table.batches) {
      const one = { columns: table.columns, batches: only(batch), close: async () => undefined }
      const { dataset } = await readDataset(one, { columns: encodings?.length ? columns : used, encodings })
      const result = await scoring.execute(choice, dataset, { threshold, signal: context.signal })
      const first = rows
      const found = result.ranking(MOST_TOLD).map(({ index, score }) => ({ index: first + index, score }))
      anomalies = [...anomalies, ...found]
        .toSorted((a, b) => b.score - a.score || a.index - b.index)
        .slice(0, MOST_TOLD)
      anomalyCount += result.anomalyCount
      rows += batch.rows
      last = result
      context.progress({ done: rows, total })
      await new Promise((resolve) => setImmediate(resolve)) // lets the word through that the job is cancelled
      context.signal.throwIfAborted()
    }
    if (last === undefined) throw new Error('the data set has no rows')
    const { algorithm, parameters, metadata } = last
    const detected = { detectionId: context.id, algorithm, rows, anomalies: anomalyCount, threshold: last.threshold }
    const durationMs = performance.now() - start
    context.emit(eventOf('nomaly.detection.completed', context.id, { ...detected, durationMs }))
    if (anomalyCount > 0) {
      const told = { detectionId: context.id, total: anomalyCount, anomalies: anomalies.slice(0, MOST_IN_EVENT) }
      context.emit(eventOf('nomaly.anomaly.detected', context.id, told))
    }
    const { threshold: cut } = last
    return {
      id: context.id,
      algorithm,
      parameters,
      threshold: cut,
      rows,
      anomalyCount,
      anomalies,
      model: metadata['model'],
    }
  } finally {
    await configuration.close()
  }
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value
}

function eventOf(type: string, subject: string, data: unknown): CloudEvent {
  return {
    specversion: '1.0',
    id: `${subject}-${type}`,
    source: '/nomaly/jobs',
    type,
    time: new Date().toISOString(),
    subject,
    datacontenttype: 'application/json',
    data,
  }
}
