import { MlopsError } from '../errors.ts'

const PART = /^(?:\*|[a-z0-9]+(?:-[a-z0-9]+)*)$/

/**
 * Whether an event's type matches a pattern such as `nomaly.model.promoted`, `nomaly.drift.*` or `nomaly.*.completed`:
 * each `*` stands for exactly one part between dots.
 */
export function matchesPattern(pattern: string, type: string): boolean {
  const [wanted, found] = [pattern.split('.'), type.split('.')]
  return wanted.length === found.length && wanted.every((part, i) => part === '*' || part === found[i])
}

/** Reads a pattern that a user wrote. @throws MlopsError `mlops/invalid-argument` for anything but three parts */
export function checkPattern(pattern: string): string {
  const parts = typeof pattern === 'string' ? pattern.split('.') : []
  if (parts.length === 3 && parts.every((part) => PART.test(part))) return pattern
  throw new MlopsError(
    'mlops/invalid-argument',
    `an event pattern has three parts, such as nomaly.model.promoted or nomaly.drift.*; found ${JSON.stringify(pattern)}`,
    { field: 'pattern', found: pattern },
  )
}
