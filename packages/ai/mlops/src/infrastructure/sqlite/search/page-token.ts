import { createHash } from 'node:crypto'

import { MlopsError } from '../../../domain/errors.ts'

/** Where a page ended: the values that the next one starts after. */
export type PageKey = ReadonlyArray<number | string | null>

/** The place after a row, bound to the query that answered it. @param query - anything that JSON keeps */
export function encodePageToken(query: unknown, key: PageKey): string {
  return Buffer.from(JSON.stringify([digestOf(query), ...key])).toString('base64url')
}

/** @throws MlopsError `mlops/invalid-argument` for a text that is no token, or one of another query */
export function parsePageToken(token: string, query: unknown): PageKey {
  const parts = partsOf(token)
  if (parts === undefined) throw refused('is no token of a page')
  const [digest, ...key] = parts
  if (digest !== digestOf(query)) throw refused('belongs to another query: keep filter, order and ids over all pages')
  return key
}

function refused(problem: string): MlopsError {
  return new MlopsError('mlops/invalid-argument', `pageToken: ${problem}`, { field: 'pageToken' })
}

function partsOf(token: string): PageKey | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (!Array.isArray(parts)) return undefined
    const plain = parts.every((part) => part === null || typeof part === 'number' || typeof part === 'string')
    return plain ? parts : undefined
  } catch {
    return undefined // not JSON: no token
  }
}

function digestOf(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16)
}
