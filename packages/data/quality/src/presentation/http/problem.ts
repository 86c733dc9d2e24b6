import { QualityError, type QualityErrorCode } from '../../domain/errors.ts'

/** An error as RFC 9457 has it. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** This package's code. */
  readonly code: string
  /** What is wrong where, if more can be said. */
  readonly errors?: ReadonlyArray<ProblemPart>
}

/** One of several things that are wrong. */
export interface ProblemPart {
  /** From the body on. */
  readonly path: string
  readonly message: string
  /** Of a text, from 1 on. */
  readonly line?: number
  /** Of a text, from 1 on. */
  readonly column?: number
}

type Kind = readonly [status: number, title: string]

const KINDS: Readonly<Record<QualityErrorCode, Kind>> = {
  'quality/invalid-suite': [422, 'The suite is not valid'],
  'quality/unknown-expectation': [422, 'The suite is not valid'],
  'quality/invalid-arguments': [422, 'The suite is not valid'],
  'quality/invalid-pattern': [422, 'The suite is not valid'],
  'quality/unknown-column': [422, 'There is no such column'],
  'quality/invalid-options': [400, 'The request is not valid'],
  'quality/unreadable-data': [422, 'The data cannot be read'],
  'quality/unknown-suite': [404, 'There is no such suite'],
  'quality/unsupported': [501, 'This cannot be done here'],
  'quality/missing-package': [501, 'This cannot be done here'],
  'quality/query-failed': [502, 'The engine refused a query'],
  'quality/timed-out': [504, 'The time allowed is over'],
  'quality/cancelled': [499, 'The client went away'],
  'quality/storage-failed': [507, 'Nothing was stored'],
}

/** What to answer for an error; undefined where it is a fault of this process. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof RefusedRequest) {
    return problem(error.status, error.title, error.message, `quality/${error.reason}`)
  }
  if (!QualityError.is(error)) return undefined
  const [status, title] = KINDS[error.code] ?? [400, 'The request is not valid']
  const errors = issuesOf(error)
  return { ...problem(status, title, error.message, error.code), ...(errors.length === 0 ? {} : { errors }) }
}

/** The answer for a problem. @param headers - what was set on the way here, such as a request's id */
export function problemResponse(found: Problem, headers: Headers): Response {
  return new Response(JSON.stringify(found), {
    status: found.status,
    headers: { ...Object.fromEntries(headers), 'content-type': 'application/problem+json' },
  })
}

/** A problem of this shape. */
export function problem(status: number, title: string, detail: string, code: string): Problem {
  return { type: `urn:nomaly:${code}`, title, status, detail, code }
}

/** A request that no use case gets to see. */
export class RefusedRequest extends Error {
  readonly status: number
  readonly title: string
  readonly reason: string

  constructor(status: number, title: string, reason: string, message: string) {
    super(message)
    this.status = status
    this.title = title
    this.reason = reason
  }
}

function issuesOf({ details, message }: QualityError): ReadonlyArray<ProblemPart> {
  const { issues } = details
  if (!Array.isArray(issues) || issues.length === 0) {
    const place = placeOf(details)
    return place.line === undefined ? [] : [{ path: '', message, ...place }]
  }
  return issues.flatMap((issue: unknown) => {
    if (typeof issue !== 'object' || issue === null || !('message' in issue)) return []
    const path = 'path' in issue ? issue.path : ''
    return [
      { path: Array.isArray(path) ? path.join('.') : String(path), message: String(issue.message), ...placeOf(issue) },
    ]
  })
}

function placeOf(issue: object): { readonly line?: number; readonly column?: number } {
  const [line, column]: ReadonlyArray<unknown> = [Reflect.get(issue, 'line'), Reflect.get(issue, 'column')]
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : {}
}
