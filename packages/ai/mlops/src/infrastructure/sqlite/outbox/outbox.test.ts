import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, expect, it } from 'vitest'

import { EventDispatcher, type EventHandler } from '../../../application/events/event-dispatcher.ts'
import { MlopsError } from '../../../domain/errors.ts'
import { eventOf } from '../../../domain/events/mlops-event.ts'
import { openMlopsStore } from '../../open-mlops-store.ts'
import { Database } from '../database.ts'
import { appendEvent } from './append-event.ts'
import { sqliteEventArchive } from './sqlite-event-archive.ts'
import { sqliteOutbox } from './sqlite-outbox.ts'

const databases: Database[] = []
const faults: unknown[] = []
const onError = (error: unknown): void => void faults.push(error)

afterEach(async () => {
  for (const database of databases.splice(0)) await database.close()
  expect(faults).toEqual([])
})

function setUp(...handlers: ReadonlyArray<EventHandler>) {
  const database = new Database({ path: ':memory:' })
  databases.push(database)
  const clock = { at: 1_000_000, ids: 0 }
  const deps = { now: () => clock.at, newId: () => `id-${(clock.ids += 1)}` }
  const outbox = sqliteOutbox(database, deps)
  const dispatcher = new EventDispatcher({
    outbox,
    subscriptions: outbox,
    handlers,
    ...deps,
    random: () => 0,
    onError,
    pollMs: 5,
  })
  const append = (type: string, subject = 'fraud') =>
    database.write(() => appendEvent(database, eventOf({ type, subject, data: { n: 1 } }, deps)))
  return { database, clock, outbox, dispatcher, append, archive: sqliteEventArchive(database, deps) }
}

function recorder(name: string, patterns: ReadonlyArray<string>, fail: () => unknown = () => undefined) {
  const got: string[] = []
  const handler: EventHandler = {
    name,
    patterns,
    handle: async ({ event, attempt }) => {
      got.push(`${event.type}#${attempt}`)
      const error = fail()
      if (error !== undefined) throw error
    },
  }
  return { got, handler }
}

it('delivers each event once to each subscriber that wants it, in order', async () => {
  const all = recorder('all', ['nomaly.*.*'])
  const drifts = recorder('drifts', ['nomaly.drift.*'])
  const { dispatcher, append } = setUp(all.handler, drifts.handler)
  await dispatcher.start()
  await append('nomaly.model.promoted')
  await append('nomaly.drift.detected')
  await expect.poll(() => all.got.length).toBe(2)
  await dispatcher.stop()
  await dispatcher.drain()
  expect(all.got).toEqual(['nomaly.model.promoted#1', 'nomaly.drift.detected#1'])
  expect(drifts.got).toEqual(['nomaly.drift.detected#1'])
})

it('keeps no event of a write that is refused', async () => {
  const { database, archive } = setUp()
  const stamp = { now: () => 0, newId: () => 'one' }
  const refused = database.write(() => {
    appendEvent(database, eventOf({ type: 'nomaly.model.promoted', data: {} }, stamp))
    throw new MlopsError('mlops/invalid-state', 'no')
  })
  await expect(refused).rejects.toThrow('no')
  expect(await archive.events({})).toEqual({ items: [] })
})

it('tries a failing subscriber again by the schedule, harms no other, and can replay what was given up', async () => {
  let broken = true
  const bad = recorder('bad', ['nomaly.*.*'], () => (broken ? new Error('out of order') : undefined))
  const good = recorder('good', ['nomaly.*.*'])
  const { clock, outbox, dispatcher, append, archive } = setUp(bad.handler, good.handler)
  for (const { name, patterns } of [bad.handler, good.handler]) await outbox.subscribe(name, patterns)
  await append('nomaly.model.promoted')
  await dispatcher.drain()
  expect(good.got).toHaveLength(1)
  expect(await dispatcher.drain()).toBe(0) // not due before a second has passed
  for (let i = 0; i < 12; i += 1) {
    clock.at += 3_600_000
    await dispatcher.drain()
  }
  expect(bad.got).toHaveLength(12)
  expect(await archive.deadLetters()).toMatchObject([{ subscription: 'bad', attempts: 12, error: 'out of order' }])
  expect(await archive.prune(clock.at + 1)).toBe(0)

  broken = false
  expect(await archive.replay()).toBe(1)
  await dispatcher.drain()
  expect(bad.got.at(-1)).toBe('nomaly.model.promoted#1')
  expect(await archive.deadLetters()).toEqual([])
  expect(await archive.prune(clock.at + 1)).toBe(1)
})

it('gives up at once what can never succeed, and waits as long as it is asked to', async () => {
  const never = recorder(
    'never',
    ['nomaly.*.*'],
    () => new MlopsError('mlops/unavailable', 'gone', { retryable: false }),
  )
  const later = recorder(
    'later',
    ['nomaly.*.*'],
    () => new MlopsError('mlops/unavailable', 'busy', { retryAfterMs: 5000 }),
  )
  const { clock, outbox, dispatcher, append, archive } = setUp(never.handler, later.handler)
  for (const { name, patterns } of [never.handler, later.handler]) await outbox.subscribe(name, patterns)
  await append('nomaly.model.promoted')
  await dispatcher.drain()
  expect(await archive.deadLetters()).toMatchObject([{ subscription: 'never', attempts: 1, error: 'gone' }])
  clock.at += 4999
  expect(await dispatcher.drain()).toBe(0)
  clock.at += 1
  expect(await dispatcher.drain()).toBe(1)
})

it('counts a handler that hangs as failed', async () => {
  const hung: EventHandler = { name: 'hung', patterns: ['nomaly.*.*'], handle: () => new Promise(() => undefined) }
  const { outbox, append, archive } = setUp()
  await outbox.subscribe('hung', hung.patterns)
  await append('nomaly.model.promoted')
  const schedule = { attempts: 1, firstMs: 1, factor: 1, maxMs: 1 }
  const now = () => 1_000_000
  const common = { outbox, subscriptions: outbox, now, random: () => 0, onError, schedule, timeoutMs: 20 }
  await new EventDispatcher({ ...common, handlers: [hung] }).drain()
  expect(await archive.deadLetters('hung')).toMatchObject([{ error: 'no answer within 20 ms' }])
})

it('pages events and keeps to type, subject and time', async () => {
  const { clock, append, archive } = setUp()
  for (const [type, subject] of [
    ['nomaly.drift.detected', 'a'],
    ['nomaly.drift.detected', 'b'],
    ['nomaly.model.promoted', 'a'],
    ['nomaly.drift.detected', 'a'],
  ] as const) {
    clock.at += 1
    await append(type, subject)
  }
  const first = await archive.events({ type: 'nomaly.drift.*', limit: 2 })
  expect(first.items.map(({ subject }) => subject)).toEqual(['a', 'b'])
  const second = await archive.events({ type: 'nomaly.drift.*', limit: 2, pageToken: String(first.next) })
  expect([second.items.length, second.next]).toEqual([1, undefined])
  const late = await archive.events({ subject: 'a', since: 1_000_003 })
  expect(late.items.map(({ type }) => type)).toEqual(['nomaly.model.promoted', 'nomaly.drift.detected'])
  await expect(archive.events({ pageToken: 'x' })).rejects.toMatchObject({ code: 'mlops/invalid-argument' })
})

it('tells subscribers how a run ended, and keeps nothing where there are none', async () => {
  const store = openMlopsStore({ path: ':memory:' })
  const finish = async (status: 'FINISHED' | 'FAILED') => {
    const { id } = await store.runs.create({ experimentId: '0', name: 'r' })
    for (let i = 0; i < 2; i += 1) await store.runs.change(id, { kind: 'update', status })
    return id
  }
  await finish('FINISHED')
  await store.subscriptions.subscribe('s', ['nomaly.run.*'])
  const runId = await finish('FAILED')
  const { items } = await store.archive.events({})
  expect(items).toMatchObject([
    { type: 'nomaly.run.finished', subject: runId, data: { runId, experimentId: '0', name: 'r', status: 'FAILED' } },
  ])
  await store.close()
})

it('stops after the attempt under way, and goes on where it was when it is started again', async () => {
  const all = recorder('all', ['nomaly.*.*'])
  const { dispatcher, append } = setUp(all.handler)
  await dispatcher.start()
  await dispatcher.stop()
  await append('nomaly.a.b')
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(all.got).toEqual([])
  await dispatcher.start()
  await dispatcher.start()
  await expect.poll(() => all.got).toEqual(['nomaly.a.b#1'])
  await dispatcher.stop()
  await append('nomaly.c.d')
  expect(await dispatcher.drain()).toBe(1)
})

it('shares the work between two dispatchers of one file: each event goes to one of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-outbox-'))
  const path = join(folder, 'store.db')
  const got: string[] = []
  const sides = [1, 2].map(() => {
    const store = openMlopsStore({ path })
    const handle = async ({ event }: { readonly event: { readonly id: string } }): Promise<void> => {
      got.push(event.id)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    const handlers = [{ name: 's', patterns: ['nomaly.registered-model.*'], handle }]
    const dispatcher = new EventDispatcher({
      ...store,
      handlers,
      now: Date.now,
      random: Math.random,
      onError,
      pollMs: 5,
    })
    return { store, dispatcher }
  })
  for (const { dispatcher } of sides) await dispatcher.start()
  const creations = sides.flatMap(({ store }, side) =>
    Array.from({ length: 30 }, (_, i) => store.registeredModels.create({ name: `m${side}-${i}` })),
  )
  await Promise.all(creations)
  await expect.poll(() => got.length, { timeout: 10_000 }).toBe(60)
  for (const { dispatcher } of sides) await dispatcher.stop()
  expect(new Set(got).size).toBe(60)
  for (const { store } of sides) await store.close()
  rmSync(folder, { recursive: true })
})
