import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openSqliteStore, type SqliteStore } from '../open-sqlite-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-audit-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
let path: string
let store: SqliteStore
let at = 1000
beforeEach(() => {
  path = join(folder, `${(files += 1)}.db`)
  store = openSqliteStore({ path, now: () => at })
})
afterEach(() => store.close())

const entry = (subject: string, action = 'datasets.delete') => ({
  request: `r-${subject}`,
  actor: 'local',
  method: 'DELETE',
  path: `/api/v1/${subject}`,
  status: 204,
  action,
  subject,
})
const add = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => store.audit.append(entry(`d/${i}`))))

/** Changes the file behind the store's back. */
function tamper(sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(`DROP TRIGGER audit_is_never_changed; ${sql}`)
  database.close()
}

describe('the audit log', () => {
  it('keeps entries in order, also over a restart and from two processes, and finds them', async () => {
    const other = openSqliteStore({ path, now: () => at })
    for (let i = 0; i < 3; i += 1) {
      await store.audit.append(entry(`datasets/${i}`))
      await other.audit.append(entry(`models/[${i}]`, 'models.train'))
    }
    await other.close()
    await store.close()
    store = openSqliteStore({ path })
    const { items, next } = await store.audit.list({ limit: 4 })
    expect(items.map(({ sequence, subject }) => [sequence, subject])).toEqual([
      [6, 'models/[2]'],
      [5, 'datasets/2'],
      [4, 'models/[1]'],
      [3, 'datasets/1'],
    ])
    expect((await store.audit.list({ pageToken: next })).items.map(({ sequence }) => sequence)).toEqual([2, 1])
    const found = await store.audit.list({ action: '*.delete', subject: 'datasets/*' })
    expect(found.items).toHaveLength(3)
    expect((await store.audit.list({ subject: 'models/[1]' })).items).toHaveLength(1)
    expect(await store.audit.verify()).toEqual({ isIntact: true, entries: 6, head: items[0]?.hash })
    await expect(store.audit.list({ action: '*a*a*' })).rejects.toThrow('at most two *')
  })

  it.each([
    ["UPDATE audit SET subject = 'd/9' WHERE seq = 2", 2, 'it was changed'],
    ['DELETE FROM audit WHERE seq = 2', 1, 'none says that they were pruned'],
    ['DELETE FROM audit WHERE seq = 1', 0, 'none says that they were pruned'],
    ['DELETE FROM audit WHERE seq = 4', 3, 'entries after it are missing'],
    ["UPDATE audit SET previous = '', hash = 'x' WHERE seq = 3", 3, 'it does not follow'],
  ])('shows that somebody did %s', async (sql, sequence, reason) => {
    await add(4)
    expect(await store.audit.verify()).toMatchObject({ isIntact: true, entries: 4 })
    tamper(sql)
    const told = { isIntact: false, broken: { sequence, reason: expect.stringContaining(reason) } }
    expect(await store.audit.verify()).toMatchObject(told)
  })

  it('refuses to change an entry, and forgets the oldest so that the rest can still be verified', async () => {
    at = 1000
    await add(3)
    const database = new DatabaseSync(path)
    expect(() => database.exec("UPDATE audit SET actor = 'x'")).toThrow('never changed')
    database.close()
    at = 2000
    await add(2)
    expect(await store.audit.prune(2000)).toBe(3)
    expect((await store.audit.list()).items.map(({ action }) => action)).toEqual([
      'audit.prune',
      'datasets.delete',
      'datasets.delete',
    ])
    expect(await store.audit.verify()).toMatchObject({ isIntact: true, entries: 3 })
    at = 3000
    expect(await store.audit.prune(3000)).toBe(3)
    expect(await store.audit.prune(9000)).toBe(0)
    expect(await store.audit.verify()).toMatchObject({ isIntact: true, entries: 1 })
    await add(1)
    tamper('DELETE FROM audit WHERE seq = 7')
    expect(await store.audit.verify()).toMatchObject({ isIntact: false })
  })
})
