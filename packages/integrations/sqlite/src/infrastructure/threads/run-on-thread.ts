import type { JobHandler } from '../../application/jobs/job-handler.ts'
import { SqliteError } from '../../domain/errors.ts'
import { type CloudEvent, eventText } from '../../domain/events/cloud-event.ts'
import { readFailure } from '../../domain/failure.ts'
import type { FromThread, ThreadAnswer, ThreadWork, ToThread } from './thread-message.ts'

/** On the thread: loads the handler's module and runs it; what it tells goes through the port. */
export async function runOnThread({ file, name, input, job, port }: ThreadWork): Promise<ThreadAnswer> {
  const controller = new AbortController()
  const events: CloudEvent[] = []
  let asked = 0
  const waiting = new Map<number, (problem: string | undefined) => void>()
  const say = (message: FromThread): void => port.postMessage(message)
  port.on('message', (told: ToThread) => {
    if (told.kind === 'abort') controller.abort(new SqliteError('sqlite/cancelled', told.message))
    else {
      waiting.get(told.number)?.(told.problem)
      waiting.delete(told.number) // with the checkpoint, which it holds
    }
  })
  try {
    const handle = await handlerOf(file, name)
    const output = await handle(input, {
      ...job,
      signal: controller.signal,
      progress: (progress) => say({ kind: 'progress', progress }),
      checkpoint: (value) =>
        new Promise((resolve, reject) => {
          const number = asked++
          waiting.set(number, (problem) => (problem === undefined ? resolve() : reject(new Error(problem))))
          say({ kind: 'checkpoint', number, value })
        }),
      emit: (event) => {
        eventText(event)
        events.push(event)
      },
    })
    return { kind: 'done', output, events }
  } catch (error) {
    const { failure, retryable, retryAfterMs } = readFailure(error)
    const errorName = error instanceof Error ? error.name : typeof error
    return { kind: 'failed', message: failure.message, code: failure.code, name: errorName, retryable, retryAfterMs }
  } finally {
    port.close()
  }
}

async function handlerOf(file: string, name: string): Promise<JobHandler> {
  const module: Readonly<Record<string, unknown>> = await import(file)
  const handle = module[name]
  if (typeof handle === 'function') return handle as JobHandler // a function is all that can be known of it
  throw new SqliteError('sqlite/invalid-argument', `${file} exports no function ${name}`, {
    file,
    name,
    retryable: false,
  })
}
