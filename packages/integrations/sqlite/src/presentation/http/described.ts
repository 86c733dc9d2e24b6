import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'

import { invalidRequest, problem, problemOf } from './problem.ts'

/** Issues of zod with their paths as text. */
function issuesOf(error: {
  readonly issues: ReadonlyArray<z.core.$ZodIssue>
}): ReadonlyArray<{ readonly path: string; readonly message: string }> {
  return error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}

const MOST_BODY_BYTES = 2 ** 20 + 4096 // the input of a job, and the rest

/** An app whose refusals and errors of this package are problems. @param posted - the paths whose bodies are read; others are mounted beside them */
export function describedApp(...posted: ReadonlyArray<string>): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : invalidRequest(c, issuesOf(result.error))),
  })
  const tooLarge = 'a body has at most 1 MiB; keep more as a data set and name its id'
  const onError = (c: Context): Response => problem(c, 413, 'sqlite/too-large', tooLarge)
  app.on('POST', [...posted], bodyLimit({ maxSize: MOST_BODY_BYTES, onError }))
  app.onError((error, c) => {
    const found = problemOf(error, c)
    if (found === undefined) throw error
    return found
  })
  return app
}

const problemSchema: z.ZodType<{ type: string; title: string; status: number; detail: string }> = z
  .looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .openapi('OperationProblem')

/** An answer or a body in JSON, described. */
export function json<S>(
  schema: S,
  description: string,
): { description: string; content: { 'application/json': { schema: S } } } {
  return { description, content: { 'application/json': { schema } } }
}

/** A refusal, described. */
export function refused(description: string): {
  description: string
  content: { 'application/problem+json': { schema: typeof problemSchema } }
} {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } }
}
