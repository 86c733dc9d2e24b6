import { problemSchema } from './problem.ts'

/** An answer in JSON, described. */
export function json<S>(
  schema: S,
  description: string,
): { description: string; content: { 'application/json': { schema: S } } } {
  return { description, content: { 'application/json': { schema } } }
}

/** A refusal, described. */
export function problem(description: string): {
  description: string
  content: { 'application/problem+json': { schema: typeof problemSchema } }
} {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } }
}
