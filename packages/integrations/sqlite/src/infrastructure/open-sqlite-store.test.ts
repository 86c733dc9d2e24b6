import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { afterAll, expect, it } from 'vitest'

import { openSqliteStore } from './open-sqlite-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('keeps everything from one opening to the next', async () => {
  const path = join(folder, 'kept.db')
  const store = openSqliteStore({ path, durable: true })
  const { job } = await store.queue.enqueue({ type: 'a', input: 'ä€😀' })
  await store.subscriptions.subscribe('s', ['a.b'])
  const event = { specversion: '1.0', id: '1', source: '/t', type: 'a.b' } as const
  const last = store.outbox.append([event])
  await store.close() // what was asked for before is written
  await last
  await store.close()

  const again = openSqliteStore({ path })
  expect(await again.log.find(job.id)).toEqual(job)
  expect((await again.outbox.claim('s', 100))?.event).toEqual(event)
  expect(await again.subscriptions.list()).toEqual([{ name: 's', patterns: ['a.b'] }])
  await again.close()
  await expect(again.queue.enqueue({ type: 'a' })).rejects.toThrow('the store is closed')
})

it('leaves alone a file that is not its own', () => {
  const text = join(folder, 'text.db')
  writeFileSync(text, 'no database, but long enough to be taken for one: '.repeat(20))
  expect(() => openSqliteStore({ path: text })).toThrow(expect.objectContaining({ code: 'sqlite/corrupt-store' }))

  const other = join(folder, 'other.db')
  const database = new DatabaseSync(other)
  database.exec('CREATE TABLE theirs (x)')
  database.close()
  expect(() => openSqliteStore({ path: other })).toThrow(/is an SQLite file of another program/)

  const newer = join(folder, 'newer.db')
  void openSqliteStore({ path: newer }).close()
  const raised = new DatabaseSync(newer)
  raised.exec('PRAGMA user_version = 99')
  raised.close()
  expect(() => openSqliteStore({ path: newer })).toThrow(/newer version \(schema 99, this one knows 2\)/)

  expect(() => openSqliteStore({ path: join(folder, 'none', 'x.db') })).toThrow(
    expect.objectContaining({ code: 'sqlite/storage-failed' }),
  )
})

it('keeps each write of a turn alone: one that is refused harms no other', async () => {
  const store = openSqliteStore({ path: ':memory:' })
  const outcomes = await Promise.allSettled([
    store.queue.enqueue({ type: 'a', idempotencyKey: 'k' }),
    store.queue.enqueue({ type: 'b', idempotencyKey: 'k' }),
    store.queue.enqueue({ type: 'c' }),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await store.log.list()).items.map(({ type }) => type)).toEqual(['c', 'a'])
  await store.close()
})

it('reads on through many events, also for a pattern that is rare among them', async () => {
  const store = openSqliteStore({ path: ':memory:' })
  const events = Array.from({ length: 5001 }, (_, i) => ({
    specversion: '1.0' as const,
    id: String(i),
    source: '/t',
    type: i % 2500 === 0 ? 'nomaly.rare.seen' : 'nomaly.often.seen',
  }))
  await store.outbox.append(events)
  const rare = await store.events.read({ patterns: ['nomaly.rare.*'] })
  expect(rare.map(({ event }) => event.id)).toEqual(['0', '2500', '5000'])
  const after = rare[1]?.sequence
  expect((await store.events.read({ patterns: ['nomaly.rare.*'], after })).map(({ event }) => event.id)).toEqual([
    '5000',
  ])
  expect(await store.events.read({ limit: 10_000 })).toHaveLength(5001)
  await store.close()
})
