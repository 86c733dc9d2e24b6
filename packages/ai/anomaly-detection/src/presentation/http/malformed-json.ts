import type { Problem } from './problem.ts'

/** What to answer for what Hono throws where a body is no JSON; undefined for anything else. */
export function malformedJson(error: Error): Problem | undefined {
  if (!('status' in error) || error.status !== 400) return undefined
  const type = 'urn:nomaly:anomaly-detection/invalid-request'
  return { type, title: 'Invalid request', status: 400, detail: error.message }
}
