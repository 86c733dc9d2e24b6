import { OpenAPIHono, z } from '@hono/zod-openapi'

import { invalidRequest, problemOf } from './problem.ts'

/** Issues of zod with their paths as text. */
export function issuesOf(error: {
  readonly issues: ReadonlyArray<z.core.$ZodIssue>
}): ReadonlyArray<{ readonly path: string; readonly message: string }> {
  return error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}

/** An app whose refusals and errors of this package are problems. */
export function describedApp(): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => (result.success ? undefined : invalidRequest(c, issuesOf(result.error))),
  })
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
