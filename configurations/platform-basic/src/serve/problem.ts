import { problemOf } from '@nomaly/integration-files/http'
import { HTTPException } from 'hono/http-exception'

/** An error of the platform itself, as a response. Source: RFC 9457, section 3. */
export function problem({
  status,
  code,
  title,
  detail,
}: {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
}): Response {
  const body = JSON.stringify({ type: `urn:nomaly:nomaly/${code}`, title, status, detail })
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json' } })
}

/** What to answer to an error that no route answers by itself: a data set that its store refuses, a body that Hono does. */
export function refusalOf(error: Error): Response | undefined {
  if (error instanceof HTTPException && error.status < 500) {
    return problem({ status: error.status, code: 'invalid-request', title: 'Invalid request', detail: error.message })
  }
  const found = problemOf(error)
  if (found === undefined || found.status === 500) return undefined
  return Response.json(found, { status: found.status, headers: { 'content-type': 'application/problem+json' } })
}
