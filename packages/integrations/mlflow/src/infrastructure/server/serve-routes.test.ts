import { request } from 'node:http'

import { afterEach, describe, expect, it } from 'vitest'

import { type RunningServer, type ServeOptions, serveRoutes } from './serve-routes.ts'

const open: RunningServer[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function statusFor(host: string, options: ServeOptions = {}): Promise<number | undefined> {
  const server = await serveRoutes({ fetch: () => new Response('in') }, options)
  open.push(server)
  return new Promise((resolve, reject) => {
    const asked = request(server.url, { method: 'POST', headers: { host }, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    asked.on('error', reject).end('{}')
  })
}

describe('a server on this machine alone', () => {
  it.each(['localhost', 'LOCALHOST:8001', '127.0.0.1', '127.0.0.1:1', '127.1.2.3', '[::1]', '[::1]:8001'])(
    'lets in %s',
    async (host) => expect(await statusFor(host)).toBe(200),
  )

  it.each([
    'evil.example',
    'evil.example:8001',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '[::2]',
  ])('keeps out %s', async (host) => expect(await statusFor(host)).toBe(403))

  it('lets in what it was told to', async () => {
    expect(await statusFor('Tracker.internal:80', { allowedHosts: ['tracker.internal'] })).toBe(200)
    expect(await statusFor('other.internal', { allowedHosts: ['tracker.internal'] })).toBe(403)
    expect(await statusFor('other.internal', { allowedHosts: ['*'] })).toBe(200)
  })
})

it('hands on a body that comes in chunks in a request that can be copied', async () => {
  const server = await serveRoutes({ fetch: async (asked) => new Response(await new Request(asked).text()) })
  open.push(server)
  const body = new Blob(['{"a"', ':1}']).stream()
  const answer = await fetch(server.url, { method: 'POST', body, duplex: 'half' })
  expect(await answer.text()).toBe('{"a":1}')
})

describe('a server for others', () => {
  it('lets in every name, unless names are given', async () => {
    expect(await statusFor('anything.example', { hostname: '0.0.0.0' })).toBe(200)
    expect(await statusFor('anything.example', { hostname: '0.0.0.0', allowedHosts: ['a.example'] })).toBe(403)
    expect(await statusFor('a.example', { hostname: '0.0.0.0', allowedHosts: ['a.example'] })).toBe(200)
  })
})
