import { findModel, type Model, readDataset, type ResultWriter } from '@nomaly/ai-anomaly-detection'
import { createFileTables } from '@nomaly/integration-files'
import type { JobContext } from '@nomaly/integration-sqlite'

import { type DetectJob, keptOptions } from './detect-job.ts'
import type { JobInput } from './job-inputs.ts'
import { opened, quiet } from './thread-work.ts'

interface Scoring extends DetectJob {
  readonly model: NonNullable<JobInput<'detect'>['model']>
}

/** What a later attempt goes on with: rows whose scores are on disk, by which version of the model, and the time they took. */
interface Checkpoint {
  readonly rows: number
  readonly version: number
  readonly durationMs: number
}

const CHECKPOINT_MS = 2000

/** Scores a data set with a kept model, a batch at a time, and keeps the result: memory does not grow with the rows. */
export async function scoreInBatches(given: Scoring, context: JobContext): Promise<void> {
  const { dataPath, file, rows: total, dataset, request, results, model: choice } = given
  const { threshold, columns } = request
  const { services, close } = opened(dataPath, quiet)
  const start = performance.now()
  const resumed = checkpointOf(context.resumeFrom)
  let writer: ResultWriter | undefined
  try {
    const model = await findModel(services.models, { ...choice, ...(resumed && { version: resumed.version }) })
    writer = await results.write(context.id, resumed?.rows)
    const before = writer.rows === 0 ? 0 : (resumed?.durationMs ?? 0)
    const durationMs = (): number => before + performance.now() - start
    const table = await createFileTables().open({ ...file, brief: true, signal: context.signal })
    let rows = 0
    let saved = -Infinity // the first rows are put on disk at once
    for await (const batch of table.batches) {
      const first = rows
      rows += batch.rows
      context.progress({ done: rows, total })
      await new Promise((resolve) => setImmediate(resolve)) // lets the word through that the job is cancelled
      context.signal.throwIfAborted()
      if (rows <= writer.rows) continue // scored by an attempt before
      const one = { columns: table.columns, batches: only(batch) }
      const read = await readDataset(one, readingOf(model, columns))
      const { scores } = await services.scoring.execute(model, read.dataset, { threshold, signal: context.signal })
      await writer.append({ score: scores.subarray(Math.max(0, writer.rows - first)) })
      if (performance.now() - saved < CHECKPOINT_MS) continue
      await keepCheckpoint(writer, { rows, version: model.version, durationMs: durationMs() }, context)
      saved = performance.now()
    }
    if (rows === 0) throw new Error('the data set has no rows')
    await writer.finish({
      dataset,
      createdAt: Date.now(),
      durationMs: durationMs(),
      algorithm: model.algorithm,
      parameters: model.parameters,
      options: keptOptions(request),
      model: { name: model.name, version: model.version },
      columns: model.features,
      threshold: threshold ?? model.threshold,
      bands: false,
    })
  } catch (error) {
    await (context.signal.aborted ? writer?.leave() : writer?.abandon()) // a job that is given back goes on with it
    throw error
  } finally {
    await close()
  }
}

async function keepCheckpoint(writer: ResultWriter, checkpoint: Checkpoint, context: JobContext): Promise<void> {
  await writer.sync() // before it is said that they are there
  await context.checkpoint(checkpoint)
}

function checkpointOf(value: unknown): Checkpoint | undefined {
  return typeof value === 'object' && value !== null && 'rows' in value ? (value as Checkpoint) : undefined // kept by keepCheckpoint
}

function readingOf({ features, encodings }: Model, columns: ReadonlyArray<string> | undefined) {
  return { columns: encodings.length > 0 ? columns : (columns ?? features), encodings }
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value
}
