import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { profilesStoreContract } from '../../testing/profiles-store-contract.ts'
import { openProfilesStore } from './open-profiles-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-profiles-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

describe.each([
  ['in memory', () => ':memory:'],
  ['in a file', () => join(folder, `${files++}.db`)],
])('the store %s', (_, path) => profilesStoreContract(it, async () => openProfilesStore({ path: path() }).profiles))

it('refuses a file of another program and what is no database', () => {
  const foreign = join(folder, 'foreign.db')
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
  const other = new DatabaseSync(foreign)
  other.exec('CREATE TABLE t (x)')
  other.close()
  const text = join(folder, 'text.db')
  writeFileSync(text, 'no database at all, but long enough to be looked at')
  for (const path of [foreign, text])
    expect(() => openProfilesStore({ path })).toThrow(expect.objectContaining({ code: 'profiling/storage-failed' }))
})

it('opens what another has made, and closes twice', async () => {
  const path = join(folder, 'shared.db')
  const [one, two] = [openProfilesStore({ path }), openProfilesStore({ path })]
  expect(await two.profiles.list()).toEqual([])
  one.close()
  one.close()
  two.close()
})
