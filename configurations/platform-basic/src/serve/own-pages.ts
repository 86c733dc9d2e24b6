import type { MiddlewareHandler } from 'hono'

import { problem } from './problem.ts'

const HARMLESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
const OURS: ReadonlySet<string> = new Set(['same-origin', 'none'])

/**
 * Refuses what a page of another origin asks a browser to change: the browser sends it, with the key that it remembers, and only keeps
 * the answer to itself. Programs do not send the header. Source: W3C Fetch Metadata Request Headers, section 2.3.
 */
export const ownPages: MiddlewareHandler = async (c, next) => {
  if (HARMLESS.has(c.req.method) || OURS.has(c.req.header('sec-fetch-site') ?? 'none')) return next()
  const detail =
    'a page of another origin may not change anything here; call the API from a program, or from a page that it serves'
  return problem({ status: 403, code: 'other-origin', title: 'Forbidden', detail })
}
