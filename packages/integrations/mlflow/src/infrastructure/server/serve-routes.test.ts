import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

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

describe('a server for others', () => {
  it('lets in every name, unless names are given', async () => {
    expect(await statusFor('anything.example', { hostname: '0.0.0.0' })).toBe(200)
    expect(await statusFor('anything.example', { hostname: '0.0.0.0', allowedHosts: ['a.example'] })).toBe(403)
    expect(await statusFor('a.example', { hostname: '0.0.0.0', allowedHosts: ['a.example'] })).toBe(200)
  })
})

/** What comes back for bytes, one part after another, until the server hangs up. */
async function told(server: RunningServer, parts: ReadonlyArray<string>, pauseMs = 0): Promise<string> {
  const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let text = ''
  const ended = new Promise<string>((resolve) => {
    socket.setEncoding('utf8').on('data', (part: string) => (text += part))
    socket.on('error', () => undefined).on('close', () => resolve(text))
  })
  for (const part of parts) {
    if (socket.writable) socket.write(part)
    await pause(pauseMs)
  }
  return ended
}

const serve = async (options: ServeOptions): Promise<RunningServer> => {
  const server = await serveRoutes({ fetch: async (asked) => new Response(await asked.text()) }, options)
  open.push(server)
  return server
}

describe('a server whose clients are slow or broken', () => {
  const POST = 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5000\r\n\r\n'

  it('gives up headers that do not come, and a body that does not, and serves others meanwhile', async () => {
    const server = await serve({ patienceMs: 300 })
    const slow = [
      told(server, ['GET / HT']),
      told(server, [POST]),
      told(server, [POST, ...Array.from({ length: 40 }, () => 'x')], 50),
    ]
    expect(await (await fetch(server.url, { method: 'POST', body: 'quick' })).text()).toBe('quick')
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1.1 408 /)
  })

  it('waits for a body that comes, however long it takes', async () => {
    const server = await serve({ patienceMs: 200 })
    const part = 'x'.repeat(1250)
    expect(
      await told(server, [POST.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n'), part, part, part, part], 150),
    ).toMatch(/^HTTP\/1.1 200 [^]*x{5000}$/)
  })

  it('refuses what is no HTTP, in the words that it is given', async () => {
    const refusal = ({ status, message }: { status: number; message: string }) => ({
      type: 'text/plain',
      body: `${status} ${message}`,
    })
    const server = await serve({ refusal })
    expect(await told(server, ['\u0001\u0002\r\n\r\n'])).toMatch(/^HTTP\/1.1 400 [^]*400 this is no HTTP/)
    expect(await told(server, [`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`])).toMatch(
      /^HTTP\/1.1 431 [^]*text\/plain/,
    )
  })

  it('closes connections above its most', async () => {
    const server = await serve({ mostConnections: 1 })
    const first = connect(Number(new URL(server.url).port), '127.0.0.1')
    await new Promise((resolve) => first.once('connect', resolve))
    expect(await told(server, [])).toBe('')
    first.destroy()
  })
})
