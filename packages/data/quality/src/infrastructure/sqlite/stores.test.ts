import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { keptResult } from '../../domain/history/kept-result.ts'
import { resultsStoreContract } from '../../testing/results-store-contract.ts'
import { suitesStoreContract } from '../../testing/suites-store-contract.ts'
import { openQualityStore } from './open-quality-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-quality-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
describe.each([
  ['in memory', () => ':memory:'],
  ['in a file', () => join(folder, `${files++}.db`)],
])('the stores %s', (_, path) => {
  resultsStoreContract(it, async () => openQualityStore({ path: path() }).results)
  suitesStoreContract(it, async () => openQualityStore({ path: path() }).suites)
})

const validation = {
  suite: 's',
  source: 's.csv',
  engine: 'memory',
  startedAt: 1,
  durationMs: 0,
  rows: 0,
  success: true,
  statistics: { evaluated: 0, successful: 0, unsuccessful: 0, successPercent: null },
  results: [],
}

it('keeps across openings, and two may write to one file', async () => {
  const path = join(folder, 'shared.db')
  const [one, two] = [openQualityStore({ path }), openQualityStore({ path })]
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      (i % 2 === 0 ? one : two).results.append(keptResult(`r${i}`, 's', validation)),
    ),
  )
  one.close()
  two.close()
  two.close()
  const again = openQualityStore({ path })
  expect(await again.results.list()).toHaveLength(20)
  again.close()
})

it('refuses a file of another program, a newer one, and what is no database, and leaves them alone', () => {
  const foreign = join(folder, 'foreign.db')
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
  const other = new DatabaseSync(foreign)
  other.exec('CREATE TABLE t (x)')
  other.close()
  const newer = join(folder, 'newer.db')
  openQualityStore({ path: newer }).close()
  const changed = new DatabaseSync(newer)
  changed.exec('PRAGMA user_version = 99')
  changed.close()
  const text = join(folder, 'text.db')
  writeFileSync(text, 'no database at all, but long enough to be looked at')
  for (const [path, why] of [
    [foreign, /of another program/],
    [newer, /newer version/],
    [text, /not a database/],
    [join(folder, 'none', 'x.db'), /unable to open/],
  ] as const) {
    expect(() => openQualityStore({ path })).toThrow(
      expect.objectContaining({ code: 'quality/storage-failed', message: expect.stringMatching(why) }),
    )
  }
})

it('refuses a limit that is none', async () => {
  await expect(openQualityStore({ path: ':memory:' }).results.list({ limit: 0 })).rejects.toMatchObject({
    code: 'quality/invalid-options',
  })
})
