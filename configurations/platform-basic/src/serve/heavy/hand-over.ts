import { randomUUID } from 'node:crypto'

import { type CloudEvent, createJobThreads, type JobContext } from '@nomaly/integration-sqlite'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

import { problem } from '../problem.ts'
import type { ThreadRequest, ThreadResponse } from './answer-request.ts'
import { smallRequestOf } from './kind-of-request.ts'
import { createQuickRequests } from './quick-requests.ts'
import { createRequestGate } from './request-gate.ts'

/** Requests that may compute for long, answered on threads. */
export interface HandOver {
  /** For the routes that may take long. */
  readonly middleware: MiddlewareHandler
  readonly close: () => Promise<void>
}

/** What handing over needs. */
export interface HandOverDeps {
  readonly dataPath: string
  readonly threads: number
  /** Takes the events of an answer, before it is given. */
  readonly publish: (event: CloudEvent) => Promise<void>
}

const MOST_BODY_BYTES = 2 ** 25
const HEAVY_READS = /^\/api\/v1\/results\/[^/]+\/(?:report|rows\/[^/]+\/explanation)$/
const MOST_WAITING = { mostRequests: 128, mostBytes: 2 ** 28 }

/**
 * Answers requests on threads, so that the event loop stays free for all others; a client that goes away ends its work. Those whose
 * like took less than the way to a thread costs go on to their route.
 */
export function createHandOver({ dataPath, threads: most, publish }: HandOverDeps): HandOver {
  const threads = createJobThreads({ threads: most })
  const onThread = threads.handler(new URL('./worker.js', import.meta.url), 'answerRequest')
  const gate = createRequestGate(MOST_WAITING)
  const limited = bodyLimit({ maxSize: MOST_BODY_BYTES, onError: tooLarge })
  const quick = createQuickRequests(() => performance.now())
  const answer = async (c: Context, text?: string, kind?: string): Promise<Response> => {
    const events: CloudEvent[] = []
    const request: ThreadRequest = { dataPath, threads: most, url: c.req.url, type: c.req.header('content-type'), text }
    const given = (await onThread(request, contextOf(c.req.raw.signal, events))) as ThreadResponse // of answerRequest
    for (const event of events) await publish(event)
    if (given.status === 201) quick.forget() // a model has a further version
    if (kind !== undefined && text !== undefined && given.status < 300) quick.took(kind, text.length, given.durationMs)
    return new Response(given.body, given)
  }
  return {
    middleware: async (c, next) => {
      const isRead = c.req.method === 'GET' && HEAVY_READS.test(c.req.path)
      if (!isRead && !isPostedJson(c)) return next() // files come as streams
      const leave = gate.enter(isRead ? 0 : Number(c.req.header('content-length') ?? MOST_BODY_BYTES))
      if (leave === undefined) return busy()
      try {
        if (isRead) return await answer(c)
        let answered: Response | undefined
        const refused = await limited(c, async () => {
          const text = await c.req.text()
          const small = smallRequestOf(c.req.path, text)
          if (small !== undefined && quick.isQuick(small.kind, text.length)) {
            c.req.json = <T>() => Promise.resolve(small.body as T) // what it would read from the same text
            await next()
          } else answered = await answer(c, text, small?.kind)
        })
        return refused ?? answered
      } finally {
        leave()
      }
    },
    close: () => threads.close(),
  }
}

function isPostedJson(c: Context): boolean {
  return c.req.method === 'POST' && /^application\/json\b/i.test(c.req.header('content-type') ?? '')
}

function contextOf(signal: AbortSignal, events: CloudEvent[]): JobContext {
  return {
    id: randomUUID(),
    type: 'request',
    attempt: 1,
    resumeFrom: undefined,
    signal,
    progress: () => undefined,
    checkpoint: () => Promise.resolve(),
    emit: (event) => void events.push(event),
  }
}

function busy(): Response {
  const detail = 'too much is being computed already; come again, or ask for a job'
  const refused = problem({ status: 503, code: 'busy', title: 'Busy', detail })
  refused.headers.set('retry-after', '1')
  return refused
}

function tooLarge(): Response {
  const detail = `the body has more than ${MOST_BODY_BYTES} bytes; keep the rows as a data set and name its id`
  return problem({ status: 413, code: 'too-large', title: 'Too large', detail })
}
