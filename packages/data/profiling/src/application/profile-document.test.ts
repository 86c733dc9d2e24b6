import { readFileSync, writeFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { memoryEngine } from '../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../infrastructure/memory/records-table.ts'
import { parseProfile, profileJsonSchema } from './profile-document.ts'
import { profileGenerated } from './profile-event.ts'
import { profileTable } from './profile-table.ts'

const rows = Array.from({ length: 60 }, (_, i) => ({
  at: new Date(i * 86_400_000),
  amount: i % 7 === 0 ? null : Math.sin(i) * 10,
  big: 9_007_199_254_740_993n + BigInt(i),
  mail: `p${i}@example.org`,
  colour: ['red', 'green'][i % 2],
  odd: [NaN, Infinity, 1][i % 3],
  more: { i },
}))
const profiled = (sketches: boolean): ReturnType<typeof profileTable> =>
  profileTable({ engine: memoryEngine(recordsTable(rows)), now: () => 1_700_000_000_000 }, { sketches })

it.each([true, false])('reads what was written, sketches %s', async (sketches) => {
  const profile = await profiled(sketches)
  expect(parseProfile(JSON.parse(JSON.stringify(profile)))).toEqual(profile)
})

it('refuses what is no profile, and says where', () => {
  expect(() => parseProfile({ formatVersion: 2 })).toThrow(/no profile of format 1: formatVersion/)
  expect(() => parseProfile([])).toThrow(/no profile/)
})

// `NOMALY_UPDATE=1 npx -y pnpm@12 exec vitest run profile-document` writes it anew.
it('is described by docs/profile.schema.json', () => {
  const path = new URL('../../../../../docs/profile.schema.json', import.meta.url)
  const text = `${JSON.stringify(profileJsonSchema(), null, 2)}\n`
  if (process.env['NOMALY_UPDATE'] === '1') writeFileSync(path, text)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(text))
})

it('says in an event that it was made, without values', async () => {
  const event = profileGenerated(await profiled(false), () => 'one')
  expect(event).toMatchObject({
    specversion: '1.0',
    id: 'one',
    type: 'nomaly.profile.generated',
    subject: 'table',
    time: '2023-11-14T22:13:20.000Z',
    data: { engine: 'memory', rows: 60, columns: 7, personalColumns: ['mail'], alerts: { missing: 1 } },
  })
  expect(JSON.stringify(event)).not.toContain('example.org')
})
