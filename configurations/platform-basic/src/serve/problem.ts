import { problemOf } from '@nomaly/integration-files/http'
import type { RefusalBody } from '@nomaly/integration-mlflow/node'
import { HTTPException } from 'hono/http-exception'

/** What the platform itself refuses, and why. */
interface Refused {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
}

const TYPE = 'application/problem+json'

/** An error of the platform itself, as a response. Source: RFC 9457, section 3. */
export function problem(refused: Refused): Response {
  return new Response(problemText(refused), { status: refused.status, headers: { 'content-type': TYPE } })
}

const TITLES = { 400: 'Bad request', 403: 'Forbidden', 408: 'Timed out', 431: 'Too large' }

/** A request that never gets to a route: no HTTP, too slow, or addressed to another host. */
export const refusedRequest: RefusalBody = ({ status, message: detail }) => {
  const title = TITLES[status]
  return { type: TYPE, body: problemText({ status, code: 'refused-request', title, detail }) }
}

const problemText = ({ status, code, title, detail }: Refused): string =>
  JSON.stringify({ type: `urn:nomaly:nomaly/${code}`, title, status, detail })

// Hono says no more than the name of the status.
const detailOf = ({ status, message }: HTTPException): string =>
  status === 415 ? 'the body is JSON: send it with the header "content-type: application/json"' : message

/** What to answer to an error that no route answers by itself: a data set that its store refuses, a body that Hono does. */
export function refusalOf(error: Error, signal?: AbortSignal): Response | undefined {
  if (signal?.aborted || ('code' in error && error.code === 'ECONNRESET')) {
    return problem({ status: 499, code: 'gone', title: 'Gone', detail: 'the client went away' })
  }
  if (error instanceof HTTPException && error.status < 500) {
    return problem({ status: error.status, code: 'invalid-request', title: 'Invalid request', detail: detailOf(error) })
  }
  const found = problemOf(error)
  if (found === undefined || found.status === 500) return undefined
  return Response.json(found, { status: found.status, headers: { 'content-type': TYPE } })
}
