import type { z } from 'zod'

import { AnomalyDetectionError, type AnomalyDetectionErrorCode } from '../domain/errors.ts'

/**
 * Reads untrusted input by a schema.
 * @param subject - what is read, e.g. `parameters of iforest`; begins the message
 * @throws AnomalyDetectionError with the given code; `details.issues` has the path and message of every fault
 */
export function parseBySchema<T>(
  schema: z.ZodType<T>,
  input: unknown,
  code: AnomalyDetectionErrorCode,
  subject: string,
): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const text = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  throw new AnomalyDetectionError(code, `${subject}: ${text}`, { issues })
}
