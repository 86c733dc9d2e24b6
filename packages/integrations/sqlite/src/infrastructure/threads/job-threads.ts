import { MessageChannel, type MessagePort } from 'node:worker_threads'

import type { Piscina } from 'piscina'

import type { JobContext, JobHandler } from '../../application/jobs/job-handler.ts'
import { wholeNumber } from '../../domain/checks.ts'
import { SqliteError } from '../../domain/errors.ts'
import type { FromThread, ThreadAnswer, ThreadWork, ToThread } from './thread-message.ts'

/** How a pool of threads is made. */
export interface JobThreadsOptions {
  /** 1 to 128; default 2. Threads start with the first job and end when idle. */
  readonly threads?: number | undefined
  /** Milliseconds that a handler has to end after it was told to; then its thread is ended. Default 200. */
  readonly graceMs?: number | undefined
}

/** Threads that handlers run on, so that long work blocks nobody. Needs the package piscina. */
export interface JobThreads {
  /**
   * The handler that a module exports: a `JobHandler`, loaded and run on a thread. Input, output and what it tells are copied.
   * @param file - URL of the module @param name - that it exports the handler under
   */
  readonly handler: (file: URL, name: string) => JobHandler
  /** Ends the threads; what runs is rejected. */
  readonly close: () => Promise<void>
}

const IDLE_MS = 30_000

/** @throws SqliteError `sqlite/invalid-argument`; handlers reject with `sqlite/missing-package`, `sqlite/handler-failed` */
export function createJobThreads({ threads = 2, graceMs = 200 }: JobThreadsOptions = {}): JobThreads {
  wholeNumber('threads', threads, 1, 128)
  let starting: Promise<Piscina> | undefined
  const pool = (): Promise<Piscina> =>
    (starting ??= start(threads).catch((error: unknown) => {
      starting = undefined
      throw error
    }))
  return {
    handler: (file, name) => async (input, context) =>
      runOne(await pool(), { file: file.href, name, input, context, graceMs }),
    close: async () => {
      const started = await starting?.catch(() => undefined) // that it did not start, its caller was told
      starting = undefined
      await started?.destroy()
    },
  }
}

async function start(threads: number): Promise<Piscina> {
  const piscina = await import('piscina').catch((cause: unknown) => {
    const message = 'jobs on threads need the package piscina: npm install piscina@5'
    throw new SqliteError('sqlite/missing-package', message, { package: 'piscina', retryable: false }, cause)
  })
  return new piscina.Piscina({
    filename: new URL('./worker.js', import.meta.url).href,
    name: 'runOnThread',
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    execArgv: [], // those of the program, such as --input-type, are about its own first file
  })
}

interface Work {
  readonly file: string
  readonly name: string
  readonly input: unknown
  readonly context: JobContext
  readonly graceMs: number
}

async function runOne(pool: Piscina, { file, name, input, context, graceMs }: Work): Promise<unknown> {
  const { id, type, attempt, resumeFrom, signal } = context
  const { port1, port2 } = new MessageChannel()
  port1.on('message', (message: FromThread) => hear(message, context, port1))
  const ending = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const onAbort = (): void => {
    const message: ToThread = { kind: 'abort', message: String(signal.reason) }
    port1.postMessage(message)
    timer = setTimeout(() => ending.abort(signal.reason), graceMs)
  }
  signal.addEventListener('abort', onAbort)
  try {
    const work: ThreadWork = { file, name, input, job: { id, type, attempt, resumeFrom }, port: port2 }
    const answer: ThreadAnswer = await pool.run(work, { signal: ending.signal, transferList: [port2] })
    if (answer.kind === 'done') {
      for (const event of answer.events) context.emit(event)
      return answer.output
    }
    const { message, code, retryable, retryAfterMs } = answer
    throw new SqliteError('sqlite/handler-failed', message, { name: answer.name, code, retryable, retryAfterMs })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    port1.close()
  }
}

function hear(message: FromThread, { progress, checkpoint }: JobContext, port: MessagePort): void {
  if (message.kind === 'progress') return progress(message.progress)
  const answer = (problem?: string): void => {
    const kept: ToThread = { kind: 'kept', number: message.number, ...(problem === undefined ? {} : { problem }) }
    port.postMessage(kept)
  }
  checkpoint(message.value).then(
    () => answer(),
    (error: unknown) => answer(error instanceof Error ? error.message : String(error)),
  )
}
