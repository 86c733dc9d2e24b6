import { limits } from '../limits.ts'
import { invalidArgument } from '../refusals.ts'
import { checkText } from './text.ts'

const CHARACTERS = /^[\p{L}\p{N}_\-./: ]*$/u

/**
 * Refuses what cannot name a metric, a param or a run's tag: at most 250 letters, digits, `_ - . / :` and spaces, which
 * read as a path must be a normal one (`a/b`, not `/a`, `a//b`, `a/../b`, `a/` or `..a`).
 * @throws MlopsError `mlops/invalid-argument`, details: field, found
 */
export function checkKey(field: string, key: string): void {
  checkText(field, key, 1, limits.key)
  if (!CHARACTERS.test(key)) {
    const problem = `'${key}' may hold letters, digits, underscores, dashes, periods, slashes, colons and spaces only`
    throw invalidArgument(field, problem, { found: key, reason: 'characters' })
  }
  if (key.startsWith('..') || key.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw invalidArgument(field, `'${key}' is no normal path: no '//', '.', '..', leading or trailing '/'`, {
      found: key,
      reason: 'path',
    })
}

const ID = /^[A-Za-z0-9][\w-]*$/

/** Refuses what cannot be an id. @throws MlopsError `mlops/invalid-argument` */
export function checkId(field: string, id: string): void {
  checkText(field, id, 1, limits.id)
  if (!ID.test(id)) throw invalidArgument(field, `'${id}' is no id: letters, digits, _ and -`, { found: id })
}
