import type { Context } from 'hono'

import { SqliteError, type SqliteErrorCode } from '../../domain/errors.ts'

/** What is wrong in a request, by the path of the field. */
export type Issues = ReadonlyArray<{ readonly path: string; readonly message: string }>

// What is not said here is a fault of this process.
const STATUS: Readonly<Partial<Record<SqliteErrorCode, number>>> = {
  'sqlite/invalid-argument': 400,
  'sqlite/not-found': 404,
  'sqlite/invalid-state': 409,
  'sqlite/idempotency-conflict': 409,
  'sqlite/storage-failed': 507,
  'sqlite/unavailable': 503,
}

/** The answer to an error of this package, or to a body that is no JSON; undefined for any other. Source: RFC 9457, section 3. */
export function problemOf(error: Error, c: Context): Response | undefined {
  if (SqliteError.is(error)) {
    const status = STATUS[error.code]
    return status === undefined ? undefined : problem(c, status, error.code, error.message, issuesIn(error))
  }
  const isMalformed = 'status' in error && error.status === 400 // what Hono throws
  return isMalformed ? problem(c, 400, 'sqlite/invalid-request', error.message) : undefined
}

/** The answer to a request whose fields do not fit. */
export function invalidRequest(c: Context, errors: Issues): Response {
  const detail = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  return problem(c, 400, 'sqlite/invalid-request', detail, errors)
}

/** An error as HTTP tells it. */
export function problem(c: Context, status: number, code: string, detail: string, errors?: Issues): Response {
  const words = code.slice(code.indexOf('/') + 1).replaceAll('-', ' ')
  const title = words.charAt(0).toUpperCase() + words.slice(1)
  const body = { type: `urn:nomaly:${code}`, title, status, detail, code, ...(errors && { errors }) }
  // what was set on the way here, such as a request's id, goes along
  const headers = { ...Object.fromEntries(c.res.headers), 'content-type': 'application/problem+json' }
  return new Response(JSON.stringify(body), { status, headers })
}

function issuesIn({ details }: SqliteError): Issues | undefined {
  const { issues } = details
  return Array.isArray(issues) ? issues : undefined // put there by the routes
}
