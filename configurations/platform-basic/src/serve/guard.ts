import { createHash, timingSafeEqual } from 'node:crypto'

import type { MiddlewareHandler } from 'hono'

import { problem } from './problem.ts'

/**
 * Lets in who shows the key, as `Authorization: Bearer KEY`, as the password of `Authorization: Basic`, or as `X-API-Key: KEY`; probes of health come in without.
 * @param key - undefined: everybody may come in
 */
export function guard(key: string | undefined): MiddlewareHandler {
  if (key === undefined) return (_c, next) => next()
  const wanted = digest(key)
  return async (c, next) => {
    if (c.req.path.startsWith('/health/')) return next()
    const shown = keyOf(c.req.header('authorization')) ?? c.req.header('x-api-key') ?? ''
    if (timingSafeEqual(digest(shown), wanted)) return next()
    const detail = 'this server asks for its API key, as "Authorization: Bearer KEY" or "X-API-Key: KEY"'
    const refused = problem({ status: 401, code: 'unauthorized', title: 'Unauthorized', detail })
    // a browser asks for it, but only where Basic comes first
    refused.headers.set('www-authenticate', 'Basic realm="nomaly", Bearer realm="nomaly"')
    return refused
  }
}

function keyOf(authorization: string | undefined): string | undefined {
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return credentials
  if (scheme.toLowerCase() !== 'basic') return undefined
  const text = Buffer.from(credentials, 'base64').toString('utf8')
  return text.slice(text.indexOf(':') + 1)
}

// of equal length whatever was sent
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
