import type { Dataset } from '../domain/dataset.ts'

const BLOCK_BYTES = 2 ** 20

/**
 * A hash that tells training data apart: the SHA-256, in hexadecimal, of the columns' names as JSON and of the SHA-256s of the
 * row-major values, a mebibyte of doubles each. Undefined where there is no `crypto.subtle`, as in a page without TLS.
 */
export async function trainingHashOf({ features, data }: Dataset): Promise<string | undefined> {
  if (!('crypto' in globalThis) || !('subtle' in crypto)) return undefined
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const blocks: string[] = []
  for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
    blocks.push(await sha256Of(bytes.subarray(from, from + BLOCK_BYTES)))
  }
  return sha256Of(JSON.stringify([features, blocks]))
}

/** SHA-256 of text (as UTF-8) or bytes, in hexadecimal. It takes the `crypto` that Node, workers and secure pages have. */
export async function sha256Of(content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content) // a copy: shared memory is not taken
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
