import { invalidArgument } from '../checks.ts'

const PART = /^(?:\*|[a-z0-9]+(?:-[a-z0-9]+)*)$/

/**
 * Whether an event's type matches a pattern such as `nomaly.model.promoted`, `nomaly.drift.*` or `nomaly.*.completed`:
 * each `*` stands for one part between dots, the last one for all that are left.
 */
export function matchesPattern(pattern: string, type: string): boolean {
  const [wanted, found] = [pattern.split('.'), type.split('.')]
  const isLong = wanted.at(-1) === '*' ? found.length >= wanted.length : found.length === wanted.length
  return isLong && wanted.every((part, i) => part === '*' || part === found[i])
}

/** Reads patterns that a user wrote. @throws SqliteError `sqlite/invalid-argument` for none, and for anything but words, `*` and dots */
export function checkPatterns(patterns: ReadonlyArray<string>): ReadonlyArray<string> {
  if (patterns.length === 0) throw invalidArgument('patterns', 'at least one, such as nomaly.detection.*')
  const wrong = patterns.find(
    (pattern) => typeof pattern !== 'string' || !pattern.split('.').every((part) => PART.test(part)),
  )
  if (wrong === undefined) return patterns
  throw invalidArgument('pattern', 'lower-case words or * joined by dots, such as nomaly.detection.*', { found: wrong })
}
