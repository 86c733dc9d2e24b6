import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { HostedStreams } from '../../application/streaming/hosted/hosted-streams.ts'
import { createFolderStreamArchive } from '../../infrastructure/streaming/hosted/folder-stream-archive.ts'
import { createStreamRoutes, type StreamRoutesDeps } from './stream-routes.ts'

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'nomaly-stream-routes-'))
})
afterAll(() => rm(scratch, { recursive: true }))

let tests = 0
let streams: HostedStreams
let routes: ReturnType<typeof createStreamRoutes>
const closing = new AbortController()
beforeEach(async () => {
  streams = await HostedStreams.open({
    archive: createFolderStreamArchive({
      folder: join(scratch, `t${++tests}`),
      retention: { results: 4096, bytes: 2 ** 30 },
    }),
    events: { publish: () => Promise.resolve() },
    clock: { now: () => 1000, monotonicMs: () => 0 },
    ids: { next: () => 'e' },
    onFault: (error) => {
      throw error
    },
  })
  routes = mounted()
})
afterEach(() => streams.close())

const mounted = (more: Partial<StreamRoutesDeps> = {}): typeof routes =>
  createStreamRoutes({ streams, closing: closing.signal, mostLineBytes: 1000, mostBodyBytes: 2 ** 20, ...more })

const create = (body: unknown): Promise<Response> =>
  Promise.resolve(
    routes.request('/streams', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )

const push = (body: string | ReadableStream | null, query = '', name = 'pump'): Promise<Response> =>
  Promise.resolve(routes.request(`/streams/${name}/samples${query}`, { method: 'POST', body, duplex: 'half' }))

const lines = (count: number, start = 0): string =>
  Array.from({ length: count }, (_, i) => `{"v":${start + i === 70 ? 50 : Math.sin(start + i)}}\n`).join('')

const PUMP = { name: 'pump', detector: { id: 'ewma' }, calibrator: 'none', threshold: 8 }

// Reads server-sent events until there are as many, and leaves.
async function eventsOf(query: string, count: number, headers: Record<string, string> = {}): Promise<string[]> {
  const answer = await routes.request(`/streams/pump/results${query}`, {
    headers: { accept: 'text/event-stream', ...headers },
  })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  let text = ''
  for await (const part of answer.body ?? []) {
    text += new TextDecoder().decode(part)
    if (text.split('\n\n').length > count + 1) break
  }
  return text.split('\n\n').slice(1, count + 1) // behind `retry`
}

describe('the routes of streams', () => {
  it('make a stream, list it, and remove it', async () => {
    const made = await create(PUMP)
    expect([made.status, made.headers.get('location')]).toEqual([201, '/streams/pump'])
    const info = await made.json()
    expect(info).toMatchObject({
      name: 'pump',
      state: 'ready',
      samples: 0,
      features: null,
      results: { first: 1, last: 0 },
      options: { detector: { id: 'ewma', parameters: {} }, seed: 0 },
    })
    expect(await (await routes.request('/streams')).json()).toEqual({ streams: [info] })
    expect(await (await routes.request('/streams/pump')).json()).toEqual(info)
    expect((await routes.request('/streams/pump', { method: 'DELETE' })).status).toBe(204)
    expect((await routes.request('/streams/pump', { method: 'DELETE' })).status).toBe(404)
    expect((await routes.request('/streams/pump')).status).toBe(404)
  })

  it.each([
    ['no name', { detector: 'ewma' }, 400, 'name'],
    ['a name that is a path', { name: '../x' }, 400, 'name'],
    ['an unknown option', { name: 'a', colour: 'red' }, 400, 'colour'],
    ['two ways to cut', { name: 'a', threshold: 1, contamination: 0.1 }, 400, 'one of threshold'],
    ['an unknown detector', { name: 'a', detector: 'crystal-ball' }, 404, 'crystal-ball'],
    ['a wrong parameter', { name: 'a', detector: { id: 'ewma', parameters: { alpha: 7 } } }, 422, 'alpha'],
  ])('refuse %s', async (_, body, status, detail) => {
    const answer = await create(body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status, detail: expect.stringContaining(detail) })
  })

  it('refuse a name that is taken', async () => {
    await create(PUMP)
    expect((await create(PUMP)).status).toBe(409)
  })

  it('take samples however the body is cut, and say what came of them', async () => {
    await create(PUMP)
    const bytes = new TextEncoder().encode(lines(100).trimEnd())
    const cut = new ReadableStream({
      start: (controller) => {
        for (let at = 0; at < bytes.length; at += 37) controller.enqueue(bytes.slice(at, at + 37))
        controller.close()
      },
    })
    const taken = await push(cut)
    expect([taken.status, await taken.json()]).toEqual([
      200,
      { accepted: 100, skipped: 0, first: 1, last: 100, anomalies: 1, next: 100 },
    ])
    expect(await (await push(null)).json()).toMatchObject({ accepted: 0, first: null, next: 100 })
    expect(await (await push(lines(120), '?from=0')).json()).toMatchObject({ accepted: 20, skipped: 100, first: 101 })
    expect((await push(lines(1), '', 'none')).status).toBe(404)
  })

  it('say which line cannot be taken, and what stood before it is kept', async () => {
    await create(PUMP)
    const bad = await push(`${lines(5)}{"v":\n${lines(5)}`)
    expect(bad.status).toBe(422)
    expect(await bad.json()).toMatchObject({
      type: 'urn:nomaly:anomaly-detection/shape-mismatch',
      detail: 'line 6: this is no JSON; what stands before it is taken',
      line: 6,
      accepted: 5,
      next: 5,
      last: 5,
    })
    const far = await push('{"v":1e999,"t":"2026-11-20T08:30:00Z"}\n')
    expect([far.status, await far.json()]).toMatchObject([
      422,
      { detail: expect.stringMatching(/^line 1: .*Infinity.*; what stands before it is taken$/), line: 1, next: 5 },
    ])
    const gap = await push(lines(1), '?from=9')
    expect([gap.status, await gap.json()]).toMatchObject([409, { line: 1, next: 5, accepted: 0 }])
    const long = await push(`${lines(2)}{"v":1,"t":"${'x'.repeat(1000)}"}\n`)
    expect([long.status, await long.json()]).toMatchObject([
      413,
      { accepted: 2, line: 3, detail: expect.stringContaining('1000 bytes') },
    ])
    expect((await push(lines(1), '?from=-1')).status).toBe(400)
    expect(await (await routes.request('/streams/pump')).json()).toMatchObject({
      samples: 7,
      counts: { received: 8, refused: 1 },
    })
  })

  it('take no more than so many bytes, and keep what stood before them', async () => {
    await create(PUMP)
    const block = lines(2000)
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(block)),
    })
    const answer = await push(endless)
    const whole = Math.floor(2 ** 20 / block.length) * 2000
    expect([answer.status, await answer.json()]).toMatchObject([413, { accepted: whole, next: whole, line: whole + 1 }])
  })

  it('give pages of results', async () => {
    await create(PUMP)
    await push(lines(100))
    const page = await (await routes.request('/streams/pump/results?after=69&limit=2')).json()
    expect(page).toMatchObject({
      results: [{ id: 70 }, { id: 71, anomaly: true, index: 70 }],
      next: 71,
      first: 1,
      last: 100,
    })
    const newest = await (await routes.request('/streams/pump/results?last=3')).json()
    expect(newest).toMatchObject({ results: [{ id: 98 }, { id: 99 }, { id: 100 }], next: 100 })
    const anomalies = await (await routes.request('/streams/pump/results?anomalies=true')).json()
    expect(anomalies).toMatchObject({ results: [{ id: 71 }], next: 100 })
    expect((await routes.request('/streams/pump/results?after=101')).status).toBe(410)
    expect((await routes.request('/streams/none/results')).status).toBe(404)
    for (let i = 1; i < 130; i++) await push(lines(100, 100 * i))
    const lost = await routes.request('/streams/pump/results?after=0')
    expect([lost.status, await lost.json()]).toMatchObject([410, { after: 0, first: 8193, last: 13_000 }])
  })

  it('stream results with their ids, and go on behind the last one that was heard', async () => {
    await create(PUMP)
    await push(lines(70))
    const [first, second] = await eventsOf('?after=68', 2)
    expect(first).toMatch(/^id: 69\nevent: result\ndata: {"index":68,.*}$/)
    const reading = eventsOf('', 2, { 'last-event-id': '69' })
    await push(lines(2, 70))
    const [again, next] = await reading
    expect(again).toBe(second)
    expect(next).toMatch(/^id: 71\nevent: result\ndata: {"index":70,.*"anomaly":true/)
    expect((await eventsOf('?last=5&anomalies=true', 1))[0]).toMatch(/^id: 71\n/)
  })

  it('say in a stream which results are lost', async () => {
    await create(PUMP)
    for (let i = 0; i < 90; i++) await push(lines(100, 100 * i))
    const { first } = (await streams.read('pump', { after: 8999, limit: 1 })) as { first: number }
    const [lost, next] = await eventsOf('?after=3', 2)
    expect(lost).toBe(`id: ${first - 1}\nevent: lost\ndata: {"from":4,"to":${first - 1}}`)
    expect(next).toMatch(new RegExp(`^id: ${first}\n`))
  })

  it('keep silent streams alive, and end them when the stream is removed or the server ends', async () => {
    await create(PUMP)
    routes = mounted({ heartbeatMs: 10 })
    expect(await eventsOf('', 2)).toEqual([': heartbeat', ': heartbeat'])
    routes = mounted()
    const reading = eventsOf('', 1)
    await new Promise((resolve) => setTimeout(resolve, 10))
    await streams.remove('pump')
    expect(await reading).toEqual(['event: end\ndata: {}'])
    await create(PUMP)
    const ending = new AbortController()
    routes = mounted({ closing: ending.signal })
    const answer = await routes.request('/streams/pump/results', { headers: { accept: 'text/event-stream' } })
    const text = answer.text()
    ending.abort()
    expect(await text).toBe('retry: 2000\n\n')
    expect((await push(lines(1))).status).toBe(503)
  })

  it('take an endless body until the server ends, and say what was taken', async () => {
    await create(PUMP)
    const ending = new AbortController()
    routes = mounted({ closing: ending.signal })
    let isLeft = false
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(lines(10))),
      cancel: () => void (isLeft = true),
    })
    const pushing = push(endless)
    while (((await (await routes.request('/streams/pump')).json()) as { samples: number }).samples < 10);
    ending.abort()
    const answer = await pushing
    expect([answer.status, await answer.json()]).toMatchObject([503, { accepted: 10, next: 10 }])
    expect(isLeft).toBe(true)
  })

  it('read no more for a slow reader than it takes', async () => {
    await create(PUMP)
    await push(lines(3000))
    let reads = 0
    routes = createStreamRoutes({
      streams: {
        create: streams.create,
        list: streams.list,
        get: streams.get,
        remove: streams.remove,
        push: streams.push,
        onChange: streams.onChange,
        read: (name, query) => {
          reads++
          return streams.read(name, query)
        },
      },
    })
    const answer = await routes.request('/streams/pump/results?after=0', { headers: { accept: 'text/event-stream' } })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(reads).toBeLessThanOrEqual(2)
    await answer.body?.cancel()
  })

  it('describe themselves', () => {
    const { paths, components } = routes.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Streams', version: '1' },
    })
    expect(Object.keys(paths ?? {})).toEqual([
      '/streams',
      '/streams/{name}',
      '/streams/{name}/samples',
      '/streams/{name}/results',
    ])
    expect(paths?.['/streams/{name}/results']?.get?.responses?.['200']).toMatchObject({
      content: { 'text/event-stream': {}, 'application/json': {} },
    })
    expect(JSON.stringify(components?.schemas?.['StreamRequest'])).toContain(
      '"enum":["alert","retrain","switch","roll-back"]',
    )
  })
})
