import { Worker } from 'node:worker_threads'

import type { CsvPart, CsvPartForm, CsvPartRange } from './csv-part.ts'

/** Threads that read parts of one file. */
export interface PartThreads {
  /** Part `index` goes to thread `index` modulo their number; each thread answers in order. Never rejects. */
  readonly ask: (index: number, range: CsvPartRange) => Promise<CsvPart>
  readonly close: () => Promise<void>
}

/** Starts the threads; one that cannot start, or breaks off, answers that its parts are odd. */
export function startPartThreads(count: number, form: CsvPartForm): PartThreads {
  const threads = Array.from({ length: count }, () => startThread(form))
  return {
    ask: (index, range) => threads[index % count]?.ask(range) ?? Promise.resolve({ kind: 'odd' }),
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

function startThread(form: CsvPartForm): {
  readonly worker: Worker
  readonly ask: (range: CsvPartRange) => Promise<CsvPart>
} {
  const worker = new Worker(workerUrl(), { workerData: form })
  const waiting: Array<(part: CsvPart) => void> = []
  let hasEnded = false
  const end = (): void => {
    hasEnded = true
    for (const answer of waiting.splice(0)) answer({ kind: 'odd' })
  }
  worker.on('message', (part: CsvPart) => waiting.shift()?.(part))
  worker.on('error', end)
  worker.on('exit', end)
  return {
    worker,
    ask: (range) =>
      new Promise((resolve) => {
        if (hasEnded) {
          resolve({ kind: 'odd' })
          return
        }
        waiting.push(resolve)
        worker.postMessage(range, [])
      }),
  }
}

// Beside the bundle; the sources stand in folders.
function workerUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../../worker.ts' : './worker.js', import.meta.url)
}
