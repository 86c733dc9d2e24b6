import { createHash } from 'node:crypto'

import { notFound } from '../../domain/refusals.ts'
import type { BlobStore } from './blob-store.ts'

/** Blobs in memory, for a store in memory. */
export function createMemoryBlobStore(): BlobStore {
  const blobs = new Map<string, Uint8Array>()
  return {
    stage: async (content) => {
      const parts: Uint8Array[] = []
      const hash = createHash('sha256')
      for await (const part of content) {
        parts.push(part.slice()) // the caller may use its buffer again
        hash.update(part)
      }
      const bytes = Buffer.concat(parts)
      const sha256 = hash.digest('hex')
      return { sha256, size: bytes.length, keep: () => void blobs.set(sha256, bytes), drop: async () => {} }
    },
    read: (sha256) => readBlob(blobs, sha256),
    remove: (sha256) => void blobs.delete(sha256),
    list: async () => [...blobs.keys()],
  }
}

async function* readBlob(blobs: ReadonlyMap<string, Uint8Array>, sha256: string): AsyncIterable<Uint8Array> {
  const bytes = blobs.get(sha256)
  if (bytes === undefined) throw notFound('artifact', sha256)
  if (bytes.length > 0) yield bytes
}
