import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'

import { ownPages } from './own-pages.ts'

describe('pages of other origins', () => {
  const app = new Hono()
  app.use(ownPages)
  app.all('/', (c) => c.text('done'))
  const statusOf = async (method: string, site?: string): Promise<number> => {
    const headers = site === undefined ? {} : { 'sec-fetch-site': site }
    return (await app.request('/', { method, headers })).status
  }

  it.each([
    ['POST', 'cross-site', 403],
    ['PUT', 'same-site', 403], // another port of this machine, as well
    ['DELETE', 'cross-site', 403],
    ['GET', 'cross-site', 200], // a link to here
    ['POST', 'same-origin', 200],
    ['POST', 'none', 200],
    ['POST', undefined, 200],
  ])('%s from %s is answered %d', async (method, site, status) => {
    expect(await statusOf(method, site)).toBe(status)
  })
})
