import { Worker } from 'node:worker_threads'

import type { CsvPart, CsvPartForm, CsvPartRange } from './csv/csv-part.ts'
import type { ParquetForm, ParquetJob, ParquetPart } from './parquet/parquet-part.ts'

/** What a thread is to read parts of. */
export type ReadingOrder =
  | { readonly kind: 'csv'; readonly form: CsvPartForm }
  | { readonly kind: 'parquet'; readonly form: ParquetForm }

/** Threads that read parts of one file. */
export interface PartThreads<Job, Part> {
  /** Job `index` goes to thread `index` modulo their number; each thread answers in order. Never rejects. */
  readonly ask: (index: number, job: Job) => Promise<Part | OddPart>
  readonly close: () => Promise<void>
}

/** A part that has a fault or is uncertain: only who reads the file in order can tell. */
export interface OddPart {
  readonly kind: 'odd'
}

/** Starts threads for a CSV file; one that cannot start, or breaks off, answers that its parts are odd. */
export function startCsvThreads(count: number, form: CsvPartForm): PartThreads<CsvPartRange, CsvPart> {
  return startThreads(count, { kind: 'csv', form })
}

/** Starts threads for a Parquet file, likewise. */
export function startParquetThreads(count: number, form: ParquetForm): PartThreads<ParquetJob, ParquetPart> {
  return startThreads(count, { kind: 'parquet', form })
}

function startThreads<Job, Part>(count: number, order: ReadingOrder): PartThreads<Job, Part> {
  const threads = Array.from({ length: count }, () => startThread<Job, Part>(order))
  return {
    ask: (index, job) => threads[index % count]?.ask(job) ?? Promise.resolve({ kind: 'odd' }),
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

interface PartThread<Job, Part> {
  readonly worker: Worker
  readonly ask: (job: Job) => Promise<Part | OddPart>
}

function startThread<Job, Part>(order: ReadingOrder): PartThread<Job, Part> {
  const worker = new Worker(workerUrl(), { workerData: order })
  const waiting: Array<(part: Part | OddPart) => void> = []
  let hasEnded = false
  const end = (): void => {
    hasEnded = true
    for (const answer of waiting.splice(0)) answer({ kind: 'odd' })
  }
  worker.on('message', (part: Part | OddPart) => waiting.shift()?.(part))
  worker.on('error', end)
  worker.on('exit', end)
  return {
    worker,
    ask: (job) =>
      new Promise((resolve) => {
        if (hasEnded) {
          resolve({ kind: 'odd' })
          return
        }
        waiting.push(resolve)
        worker.postMessage(job, [])
      }),
  }
}

// Beside the bundle; the sources stand in folders.
function workerUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../worker.ts' : './worker.js', import.meta.url)
}
