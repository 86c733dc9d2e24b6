import { canonicalJson } from '../../domain/pipelines/plain-data.ts'
import type { StoredOutput } from '../ports/pipeline-store.ts'

/** What a step answered, as it is kept. @throws MlopsError `mlops/invalid-argument` for what JSON would lose */
export async function encodeOutput(value: unknown, subject: string): Promise<StoredOutput> {
  if (value === undefined) return digested('none', new Uint8Array(0))
  if (value instanceof Uint8Array) return digested('bytes', value)
  return digested('json', new TextEncoder().encode(canonicalJson(value, subject)))
}

/** The answer again: a copy of its own each time. */
export function decodeOutput({ kind, body }: StoredOutput): unknown {
  if (kind === 'none') return undefined
  return kind === 'bytes' ? Uint8Array.from(body) : JSON.parse(new TextDecoder().decode(body))
}

/**
 * What an answer depends on: the step, its version and the content of what it reads.
 * @returns SHA-256, hexadecimal
 */
export function stepKey(parts: {
  readonly pipeline: string
  readonly step: string
  readonly version: string
  readonly inputs: Readonly<Record<string, string>>
}): Promise<string> {
  return sha256(new TextEncoder().encode(canonicalJson({ ...parts }, 'key')))
}

async function digested(kind: StoredOutput['kind'], body: Uint8Array): Promise<StoredOutput> {
  return { digest: await sha256(body, kind), kind, body }
}

async function sha256(body: Uint8Array, kind = ''): Promise<string> {
  const prefix = new TextEncoder().encode(kind)
  const all = new Uint8Array(prefix.length + body.length)
  all.set(prefix)
  all.set(body, prefix.length)
  const hash = await crypto.subtle.digest('SHA-256', all)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
