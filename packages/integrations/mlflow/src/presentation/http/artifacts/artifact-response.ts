import mime from 'mime'

import type { ArtifactStore } from '../../../application/ports/artifact-store.ts'
import { MlflowError } from '../../../domain/errors.ts'
import { baseName } from './artifact-roots.ts'

// Shown as text: MLflow's list, so that a browser that ignores the attachment header never runs them.
const TEXTS = new Set(
  (
    'txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst jsonnet ' +
    'mlmodel mlproject'
  ).split(' '),
)

/** Streams a file as an attachment. @throws MlflowError `mlflow/not-found`; `mlflow/invalid-argument` for a folder */
export async function artifactResponse(store: ArtifactStore, path: string, isHead: boolean): Promise<Response> {
  const found = path === '' ? undefined : await store.get(path)
  if (found === undefined) {
    if ((await store.list(path)).length > 0 || path === '') {
      throw new MlflowError('mlflow/invalid-argument', `Artifact path refers to a directory, not a file: '${path}'`)
    }
    throw new MlflowError('mlflow/not-found', `No such artifact: '${path}'`)
  }
  const name = baseName(path)
  const body = isHead ? null : ReadableStream.from(found.content)
  return new Response(body, {
    headers: {
      'Content-Type': contentType(name),
      'Content-Length': String(found.size),
      'Content-Disposition': attachment(name),
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

function contentType(name: string): string {
  const dot = name.lastIndexOf('.')
  const extension = (dot > 0 ? name.slice(dot + 1) : name).toLowerCase()
  return TEXTS.has(extension) ? 'text/plain' : (mime.getType(extension) ?? 'application/octet-stream')
}

/** RFC 6266: plain where the name is a token, quoted where it is ASCII, RFC 5987 beside a plain one for the rest. */
function attachment(name: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return `attachment; filename=${name}`
  const ascii = name.normalize('NFKD').replaceAll(/[^ -~]/g, '') || 'download'
  const quoted = `attachment; filename="${ascii.replaceAll(/["\\]/g, '\\$&')}"`
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return ascii === name ? quoted : `${quoted}; filename*=UTF-8''${encoded}`
}
