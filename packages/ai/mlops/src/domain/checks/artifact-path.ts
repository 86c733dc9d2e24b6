import { limits } from '../limits.ts'
import { invalidArgument } from '../refusals.ts'
import { checkText } from './text.ts'

/**
 * Refuses what could leave the store on any system: an absolute path, a drive letter, a back-slash, a control character,
 * an empty, `.` or `..` part. Nothing is decoded here: whoever takes paths from a URL decodes them first.
 * @throws MlopsError `mlops/invalid-argument`, details: field, reason
 */
export function checkArtifactPath(path: string): void {
  checkText('path', path, 1, limits.artifactPath)
  const problem =
    (path.startsWith('/') && 'must not start with /') ||
    (/^[A-Za-z]:/.test(path) && 'must not start with a drive letter') ||
    (path.includes('\\') && 'must not hold a back-slash') ||
    (/\p{Cc}/u.test(path) && 'must not hold control characters') ||
    (path.split('/').some((part) => part === '' || part === '.' || part === '..') &&
      "must be names joined by '/', none empty, '.' or '..'") ||
    undefined
  if (problem !== undefined) throw invalidArgument('path', problem, { found: path.slice(0, 200), reason: 'path' })
}
