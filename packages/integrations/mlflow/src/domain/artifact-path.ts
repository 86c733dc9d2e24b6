import { MlflowError } from './errors.ts'
import { unquote } from './unquote.ts'

const CONTROL = /\p{Cc}/gu

/**
 * A path below an artifact root, decoded and without empty or `.` parts; `''` is the root.
 * @throws MlflowError `mlflow/invalid-argument` saying `Invalid path` for what would leave the root in any reading:
 *   `..`, absolute paths of POSIX and Windows, back-slashes, `file:` URIs, fragments
 */
export function artifactPathOf(raw: string): string {
  const path = unquote(raw).replaceAll(CONTROL, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(2, '0')}`)
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  const plain = parts.join('/')
  // after `.` is gone: `./C:` is a drive too
  const isUnsafe =
    /[#\\\ufffd]/.test(path) || path.startsWith('/') || /^([a-z]|file):/i.test(plain) || parts.includes('..')
  if (isUnsafe) throw new MlflowError('mlflow/invalid-argument', 'Invalid path')
  return plain
}
