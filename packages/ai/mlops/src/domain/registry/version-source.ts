// What MLflow's server keeps callers from: to register a path of the server's own disk, which others could then read.
import { invalidArgument } from '../refusals.ts'

/**
 * Refuses a version's source that could reach what it should not: a local path that does not lie inside `root`, and a
 * URI whose decoded path is relative or has `..` or NUL in it.
 * @param root - artifact root of the run or logged model that it comes from, a URI or a path; undefined when there is none
 * @throws MlopsError `mlops/invalid-argument`
 */
export function checkVersionSource(source: string, root: string | undefined): void {
  const decoded = fullyDecoded(source)
  if (decoded.includes('\0')) throw refusal(source, 'holds a NUL character', 'nul')
  if (decoded.split(/[/\\?#]/).includes('..')) throw refusal(source, "holds '..'", 'relative')
  const local = localPath(decoded)
  if (local === undefined) {
    const path = decoded.replace(/^[a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?/i, '')
    if (path !== '' && !path.startsWith('/')) throw refusal(source, 'has a relative path', 'relative')
    return
  }
  const folder = root === undefined ? undefined : localPath(fullyDecoded(root))
  if (folder !== undefined && local.startsWith('/') && (local === folder || local.startsWith(`${folder}/`))) return
  throw refusal(source, 'is a local path outside the artifact root of its run or logged model', 'local')
}

/** The path of a `file:` URI or of a plain path, without doubled or trailing slashes; undefined for other schemes. */
function localPath(text: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'file') return undefined
  const path = scheme === undefined ? text : text.replace(/^file:(?:\/\/[^/]*)?/i, '')
  const plain = path.replaceAll('\\', '/').replaceAll(/\/+/g, '/')
  return plain.length > 1 ? plain.replace(/\/$/, '') : plain
}

function fullyDecoded(text: string): string {
  let decoded = text
  for (let i = 0; i < 20; i += 1) {
    const next = decodedOnce(decoded)
    if (next === decoded) return decoded
    decoded = next
  }
  throw refusal(text, 'is encoded too many times', 'relative')
}

function decodedOnce(text: string): string {
  // Byte by byte: a broken sequence must not hide what follows it.
  return text.replaceAll(/%[0-9a-f]{2}/gi, (escape) => {
    const code = Number.parseInt(escape.slice(1), 16)
    return code < 0x80 ? String.fromCharCode(code) : escape
  })
}

function refusal(source: string, problem: string, reason: string): Error {
  return invalidArgument('source', `'${source}' ${problem}`, { found: source, reason })
}
