import { createHash } from 'node:crypto'

import type { AuditLog } from '@nomaly/integration-sqlite'
import type { Context, MiddlewareHandler } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'
import { matchedRoutes } from 'hono/route'

const CHANGING: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
// POST, though they change nothing, or are data: samples would drown the rest
const DATA = /^\/(?:api\/v1\/(?:detect|explain|streams\/[^/]+\/samples)$|v2\/)|\/(?:search|get|list)[^/]*$/
const MOST_TEXT = 500

/**
 * Keeps an entry for every request that may change something, before it is answered: neither its query nor its body is among what is kept.
 * @param key - the one that was shown; undefined where none is asked for
 */
export function auditRecord(
  append: AuditLog['append'],
  key: string | undefined,
  onFault: (error: unknown) => void,
): MiddlewareHandler<{ Variables: RequestIdVariables }> {
  const actor = key === undefined ? 'local' : `key:${fingerprint(key)}`
  return async (c, next) => {
    await next()
    const { method, path } = c.req
    if (!CHANGING.has(method) || (method === 'POST' && DATA.test(path))) return
    const { status } = c.res
    const told = { request: c.get('requestId'), actor, method, path: path.slice(0, MOST_TEXT), status }
    await append({ ...told, ...deedOf(c) }).catch(onFault) // it is done already: the answer is true all the same
  }
}

function deedOf(c: Context): { readonly action: string; readonly subject: string } {
  const { method, path } = c.req
  const route = matchedRoutes(c).findLast((one) => one.method === method && !one.path.endsWith('*'))
  const names = partsOf(route?.path ?? path).slice(0, route === undefined ? 3 : undefined)
  const made = c.res.headers.get('location')
  const subject = made === null ? partsOf(path).slice(0, names.findLastIndex(isParameter) + 1) : partsOf(made)
  return {
    action: [...names.filter((name) => !isParameter(name)), method.toLowerCase()].join('.').slice(0, MOST_TEXT),
    subject: subject.join('/').slice(0, MOST_TEXT),
  }
}

const isParameter = (name: string): boolean => name.startsWith(':')

const partsOf = (path: string): ReadonlyArray<string> =>
  path.replace(/^\/(?:api\/v1|(?:ajax-)?api\/2\.0)?\/?/, '').split('/')

// Short, so that it tells keys apart but confirms no guess at one.
const fingerprint = (key: string): string =>
  createHash('sha256').update(`nomaly audit ${key}`).digest('hex').slice(0, 8)
