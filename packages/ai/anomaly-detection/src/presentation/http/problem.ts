import type { Context } from 'hono'
import { z } from 'zod'

import { AnomalyDetectionError, type AnomalyDetectionErrorCode } from '../../domain/errors.ts'

/** An error as HTTP tells it. Source: RFC 9457, section 3. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** What is wrong in the request, by the path of the field. */
  readonly errors?: ReadonlyArray<{ readonly path: string; readonly message: string }> | undefined
  readonly [extension: string]: unknown
}

/** The form of a problem, for descriptions of answers. */
export const problemSchema: z.ZodType<Problem> = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'DetectionProblem' })

// What is wrong with the data or the options of a request is 422, unless said here.
const STATUS: Readonly<Partial<Record<AnomalyDetectionErrorCode, number>>> = {
  'anomaly-detection/unknown-model': 404,
  'anomaly-detection/unknown-detector': 404,
  'anomaly-detection/unknown-result': 404,
  'anomaly-detection/unknown-row': 404,
  'anomaly-detection/invalid-cursor': 400,
  'anomaly-detection/data-gone': 409,
  'anomaly-detection/corrupt-result': 500,
  'anomaly-detection/unknown-stream': 404,
  'anomaly-detection/stream-exists': 409,
  'anomaly-detection/too-many-streams': 409,
  'anomaly-detection/sample-gap': 409,
  'anomaly-detection/results-lost': 410,
  'anomaly-detection/invalid-stream-state': 500,
  'anomaly-detection/stream-closed': 503,
  'anomaly-detection/cancelled': 499,
  'anomaly-detection/worker-failed': 500,
  'anomaly-detection/corrupt-model': 500,
  'anomaly-detection/storage-failed': 507,
  'anomaly-detection/missing-package': 501,
}

/** What to answer for an error of this package; undefined where it is none. */
export function problemOf(error: unknown): Problem | undefined {
  if (!AnomalyDetectionError.is(error)) return undefined
  const { code, message, details } = error
  const status = STATUS[code] ?? 422
  const issues = issuesSchema.safeParse(details['issues'])
  return {
    type: `urn:nomaly:${code}`,
    title: titleOf(code),
    status,
    detail: message,
    code,
    ...(issues.success && { errors: issues.data }),
  }
}

const issuesSchema = z.array(z.object({ path: z.string(), message: z.string() }))

/** The answer to a request whose fields do not fit; `errors` names each. */
export function invalidRequest(c: Context, error: z.core.$ZodError): Response {
  const errors = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const detail = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  const type = 'urn:nomaly:anomaly-detection/invalid-request'
  return problemResponse(c, { type, title: 'Invalid request', status: 400, detail, errors })
}

/** A problem as a response. */
export function problemResponse(c: Context, problem: Problem): Response {
  const headers = { 'content-type': 'application/problem+json' }
  return new Response(JSON.stringify(problem), { status: problem.status, headers: { ...headersOf(c), ...headers } })
}

// What was set on the way here, such as a request's id.
const headersOf = (c: Context): Record<string, string> => Object.fromEntries(c.res.headers)

function titleOf(code: string): string {
  const words = code.slice(code.indexOf('/') + 1).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
