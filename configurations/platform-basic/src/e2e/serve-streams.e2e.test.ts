import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { endAll, type Served, serveFolder } from './serving.ts'
import { type Scratch, scratch } from './spawn-nomaly.ts'

let files: Scratch
beforeAll(() => {
  files = scratch()
})
afterEach(endAll)
afterAll(() => files.remove())

const PUMP = { name: 'pump', detector: 'ewma', calibrator: 'none', threshold: 8, key: 'host', drift: {} }
const lineOf = (i: number): string =>
  `{"host":"h${i % 7}","v":${Math.sin(i) + (i % 5000 === 4000 ? 90 : 0) + (i > 30_000 ? 9 : 0)}}\n`
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => lineOf(from + i)).join('')

interface Taken {
  readonly accepted: number
  readonly skipped: number
  readonly next: number
}

const api = ({ url }: Served): string => `${url}/api/v1`
const post = (url: string, body: string, type: string): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
const create = (server: Served): Promise<Response> =>
  post(`${api(server)}/streams`, JSON.stringify(PUMP), 'application/json')
const push = async (server: Served, body: string, query = ''): Promise<Taken> => {
  const answer = await post(`${api(server)}/streams/pump/samples${query}`, body, 'application/x-ndjson')
  expect(answer.status).toBe(200)
  return (await answer.json()) as Taken // as described
}

// All results that are kept, as the bytes of server-sent events.
async function eventsUpTo(server: Served, last: number, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(`${api(server)}/streams/pump/results`, {
    headers: { accept: 'text/event-stream', ...headers },
  })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of answer.body ?? []) {
    text += decoder.decode(part, { stream: true })
    const end = text.indexOf(`id: ${last}\n`)
    const frameEnd = end === -1 ? -1 : text.indexOf('\n\n', end)
    if (frameEnd !== -1) return text.slice('retry: 2000\n\n'.length, frameEnd + 2)
  }
  return text
}

describe('streams of nomaly serve', () => {
  it('score what is pushed, tell it live, and go on behind the id that a reader has seen', async () => {
    const server = await serveFolder(join(files.folder, 'live'))
    expect((await create(server)).status).toBe(201)
    const hearing = eventsUpTo(server, 6000, {})
    expect(await push(server, lines(0, 6000))).toEqual({
      accepted: 6000,
      skipped: 0,
      first: 1,
      last: 6000,
      anomalies: 1,
      next: 6000,
    })
    const heard = await hearing
    expect(heard.match(/^id: \d+$/gm)).toEqual(Array.from({ length: 6000 }, (_, i) => `id: ${i + 1}`))
    const resumed = await eventsUpTo(server, 6000, { 'last-event-id': '4000' })
    expect(heard.endsWith(resumed)).toBe(true)
    expect(resumed).toMatch(/^id: 4001\nevent: result\ndata: {"index":4000,"key":"h3",.*"anomaly":true,"alarm":"start"/)
    const { items } = (await (await fetch(`${api(server)}/events?patterns=nomaly.anomaly.*`)).json()) as {
      items: { event: { subject: string; data: { anomalies: { index: number }[] } } }[]
    } // as described
    expect(items).toMatchObject([{ event: { subject: 'pump', data: { anomalies: [{ index: 4000 }] } } }])
    const ready = await (await fetch(`${server.url}/health/readiness`)).json()
    expect(ready).toMatchObject({
      dependencies: expect.arrayContaining([expect.objectContaining({ name: 'streams', status: 'up' })]),
    })
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain('nomaly_stream_activity_total{stream="pump",what="scored"} 6000\n')
    const open = await fetch(`${api(server)}/streams/pump/results`, { headers: { accept: 'text/event-stream' } })
    expect(await server.end('SIGTERM')).toBe(143)
    expect(await open.text()).toBe('retry: 2000\n\n')
    const again = await serveFolder(join(files.folder, 'live'))
    expect(await push(again, lines(5000, 6001), '?from=5000')).toMatchObject({
      accepted: 1,
      skipped: 1000,
      first: 6001,
    })
  }, 60_000)

  it('survive SIGKILL in the middle of pushes: the results are those of a run that was never stopped', async () => {
    const END = 40_000
    const whole = await serveFolder(join(files.folder, 'whole'))
    await create(whole)
    await push(whole, lines(0, END))
    const expected = await eventsUpTo(whole, END, { 'last-event-id': '0' })

    const folder = join(files.folder, 'killed')
    let server = await serveFolder(folder)
    await create(server)
    let acknowledged = 0
    let heard = ''
    for (let kill = 0; kill < 4; kill++) {
      const running = server
      const dying = new Promise((resolve) => setTimeout(resolve, 40 + kill * 90)).then(() => running.end('SIGKILL'))
      for (;;) {
        const body = lines(acknowledged, Math.min(acknowledged + 700, END))
        const taken = await push(running, body, `?from=${acknowledged}`).catch(() => undefined)
        if (taken === undefined) break
        acknowledged = taken.next
        if (acknowledged === END) break
      }
      await dying
      server = await serveFolder(folder)
      const info = (await (await fetch(`${api(server)}/streams/pump`)).json()) as { samples: number } // as described
      expect(info.samples).toBeGreaterThanOrEqual(acknowledged)
      if (info.samples > 0) {
        const lastSeen =
          heard
            .match(/^id: \d+$/gm)
            ?.at(-1)
            ?.slice(4) ?? '0'
        if (Number(lastSeen) < info.samples)
          heard += await eventsUpTo(server, info.samples, { 'last-event-id': lastSeen })
      }
    }
    const sent = acknowledged
    expect(sent).toBeGreaterThan(0)
    const rest = await push(server, lines(sent, END), `?from=${sent}`)
    expect([rest.next, rest.accepted + rest.skipped]).toEqual([END, END - sent])
    expect(await eventsUpTo(server, END, { 'last-event-id': '0' })).toBe(expected)
    expect(expected.startsWith(heard)).toBe(true)
  }, 120_000)

  it('take a body of any length, and answer others meanwhile', async () => {
    const server = await serveFolder(join(files.folder, 'long'))
    await create(server)
    const block = new TextEncoder().encode(lines(0, 5000))
    let blocks = 0
    const body = new ReadableStream({
      pull: (controller) => (blocks++ < 60 ? controller.enqueue(block) : controller.close()),
    })
    const pushing = fetch(`${api(server)}/streams/pump/samples`, {
      method: 'POST',
      body,
      duplex: 'half',
    })
    const latencies: number[] = []
    let isDone = false
    void pushing.finally(() => (isDone = true))
    while (!isDone) {
      const start = performance.now()
      await (await fetch(`${server.url}/health/liveness`)).text()
      latencies.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(await (await pushing).json()).toMatchObject({ accepted: 300_000, next: 300_000 })
    const median = latencies.sort((a, b) => a - b)[latencies.length >> 1] ?? Infinity
    expect(median).toBeLessThan(100)
  }, 60_000)
})
