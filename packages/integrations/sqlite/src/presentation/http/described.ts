import type { z } from '@hono/zod-openapi'

/** Issues of zod with their paths as text. */
export function issuesOf(error: {
  readonly issues: ReadonlyArray<z.core.$ZodIssue>
}): ReadonlyArray<{ readonly path: string; readonly message: string }> {
  return error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}
