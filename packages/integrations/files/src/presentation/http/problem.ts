import type { Context } from 'hono'
import type { z } from 'zod'

import { FilesError, type FilesErrorCode } from '../../domain/errors.ts'

/** An error as HTTP tells it. Source: RFC 9457, section 3. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly [extension: string]: unknown
}

const STATUS: Readonly<Partial<Record<FilesErrorCode, number>>> = {
  'files/unknown-dataset': 404,
  'files/not-found': 404,
  'files/too-large': 413,
  'files/unknown-format': 415,
  'files/unsupported-type': 415,
  'files/cancelled': 499,
  'files/unreadable': 400,
  'files/storage-failed': 507,
  'files/invalid-options': 400,
}

/** What to answer for an error of this package; undefined where it is none. What is wrong in the file itself is 422. */
export function problemOf(error: unknown): Problem | undefined {
  if (!FilesError.is(error)) return undefined
  const { code, message, details } = error
  return {
    type: `urn:nomaly:${code}`,
    title: titleOf(code),
    status: STATUS[code] ?? 422,
    detail: message,
    code,
    ...details,
  }
}

const titleOf = (code: string): string => {
  const words = code.slice(code.indexOf('/') + 1).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The answer to a request whose parameters do not fit; `errors` names each. */
export function invalidRequest(c: Context, error: z.ZodError): Response {
  const errors = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
  const found: Problem = {
    type: 'urn:nomaly:files/invalid-request',
    title: 'Invalid request',
    status: 400,
    detail,
    errors,
  }
  return c.body(JSON.stringify(found), 400, { 'content-type': 'application/problem+json' })
}
