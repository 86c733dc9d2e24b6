import { SqliteError } from '../../domain/errors.ts'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret: 256 random bits. */
export function newSecret(): string {
  return PREFIX + base64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))
}

/**
 * The headers that name and sign a message: `v1,` and the base64 HMAC-SHA-256 of `<id>.<timestamp>.<body>` under the secret's bytes.
 * Source: Standard Webhooks 1.0.0, "Verifying webhook authenticity".
 * @param at - epoch milliseconds; the header has seconds
 */
export async function signedHeaders(
  { id, body, at }: { readonly id: string; readonly body: string; readonly at: number },
  secret: string,
): Promise<Readonly<Record<string, string>>> {
  if (!secret.startsWith(PREFIX))
    throw new SqliteError('sqlite/invalid-state', 'a webhook has a secret of another form')
  const timestamp = String(Math.floor(at / 1000))
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const signature = base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

/** What an event is called as a message: the same in every attempt, and without dots, which separate what is signed. */
export async function messageId({ source, id }: { readonly source: string; readonly id: string }): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${source}\n${id}`))
  return `msg_${base64(new Uint8Array(digest)).slice(0, 27).replaceAll('+', '-').replaceAll('/', '_')}`
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
