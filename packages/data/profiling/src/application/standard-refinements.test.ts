import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { AlertKind } from '../domain/alert.ts'
import { mergeProfiles } from '../domain/merge-profiles.ts'
import type { Profile } from '../domain/profile.ts'
import { memoryEngine } from '../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../infrastructure/memory/records-table.ts'
import type { ProfileOptions } from './profile-options.ts'
import { profileTable } from './profile-table.ts'

type Rows = ReadonlyArray<Record<string, unknown>>
const profiled = (rows: Rows, options: Partial<ProfileOptions> = {}): Promise<Profile> =>
  profileTable({ engine: memoryEngine(recordsTable(rows)), now: () => 7 }, options)
const rowsOf = (count: number, row: (i: number) => Record<string, unknown>): Rows =>
  Array.from({ length: count }, (_, i) => row(i))
// Well mixed numbers in [0, 1) that need no generator.
const mixed = (i: number): number => (i * 0.6180339887498949) % 1

const DAY = 86_400_000
const CASES: ReadonlyArray<readonly [AlertKind, Rows]> = [
  ['constant', rowsOf(9, () => ({ x: 3 }))],
  ['zeros', rowsOf(20, (i) => ({ x: i % 10 }))],
  ['high-correlation', rowsOf(30, (i) => ({ y: mixed(i), x: mixed(i) + (i % 7) / 100 }))],
  ['high-cardinality', rowsOf(300, (i) => ({ x: `value ${i % 60} ${'abc'[i % 3]}` }))],
  ['imbalance', rowsOf(200, (i) => ({ x: i < 195 ? 'often' : 'rarely' }))],
  ['skewed', rowsOf(1000, (i) => ({ x: i === 5 ? 1e9 : 1 + mixed(i) }))],
  ['missing', rowsOf(50, (i) => ({ x: i % 10 === 0 ? null : mixed(i) }))],
  ['infinite', rowsOf(50, (i) => ({ x: i % 10 === 0 ? Infinity : mixed(i) }))],
  ['unique', rowsOf(50, (i) => ({ x: i }))],
  ['duplicates', rowsOf(10, (i) => ({ x: i % 5, y: 1 }))],
  [
    'near-duplicates',
    [
      { x: 'Tea, hot', y: 1 },
      { x: 'TEA hot', y: 1 },
      { x: 'Milk', y: 1 },
    ],
  ],
  ['dirty-category', rowsOf(90, (i) => ({ x: ['Germany', 'Germnay', 'France'][i % 3] }))],
  ['seasonal', rowsOf(120, (i) => ({ at: new Date(i * DAY), x: Math.sin((i * 2 * Math.PI) / 12) + mixed(i) / 10 }))],
  ['non-stationary', rowsOf(120, (i) => ({ at: new Date(i * DAY), x: i + mixed(i) }))],
  ['type-date', rowsOf(20, (i) => ({ x: `2024-01-${String(i + 1).padStart(2, '0')}` }))],
  ['uniform', rowsOf(1000, (i) => ({ x: i }))],
  ['constant-length', rowsOf(20, (i) => ({ x: `k${10 + (i % 5)}` }))],
  ['rejected', rowsOf(30, (i) => ({ y: mixed(i), x: 2 * mixed(i) }))],
  ['unsupported', rowsOf(3, (i) => ({ x: { i } }))],
  ['empty', rowsOf(3, () => ({ x: null }))],
]

const HARMLESS = rowsOf(200, (i) => ({
  amount: Math.round(90 * mixed(i) ** 2) + 5,
  word: ['a', 'bcd', 'e', 'fghi'][Math.floor(4 * ((i * 0.7548776662) % 1) ** 2)],
  code: (((i + 40) * i) % 211) + 1,
}))

describe('alerts', () => {
  it.each(CASES)('%s, with its statistic and threshold, and not for harmless data', async (kind, rows) => {
    const found = (await profiled(rows)).alerts.find((alert) => alert.kind === kind)
    expect(found).toMatchObject({ kind, value: expect.any(Number) as number, threshold: expect.any(Number) as number })
    expect(found?.statistic).not.toBe('')
    const harmless = await profiled(HARMLESS)
    expect(harmless.alerts.map((alert) => alert.kind)).not.toContain(kind)
  })

  it('covers the twenty kinds', () => expect(new Set(CASES.map(([kind]) => kind)).size).toBe(20))

  it('keeps thresholds that were given, and refuses wrong ones', async () => {
    const rows = rowsOf(50, (i) => ({ x: i % 10 === 0 ? null : mixed(i) }))
    const alerts = { ...(await import('../domain/alerts/alert-thresholds.ts')).ALERT_THRESHOLDS, missing: 0.2 }
    expect((await profiled(rows, { alerts })).alerts.map(({ kind }) => kind)).not.toContain('missing')
    await expect(profiled(rows, { alerts: { ...alerts, missing: 2 } })).rejects.toMatchObject({
      code: 'profiling/invalid-options',
    })
  })
})

describe('personal data', () => {
  const people = rowsOf(40, (i) => ({
    email: `person${i}@example.org`,
    'First Name': ['Ada', 'Grace', 'Edsger'][i % 3],
    date_of_birth: new Date((i * 400 + 3) * DAY),
    card: 4_111_111_111_111_111 + 0 * i,
    note: i % 13 === 0 ? `call +49 30 9018${200 + i} now` : `all well ${i}`,
    amount: i * 1.5,
  }))
  const secrets = people.flatMap((row) => [
    String(row['email']),
    String(row['First Name']),
    (row['date_of_birth'] as Date).toISOString(),
    String((row['date_of_birth'] as Date).getTime()),
    '4111111111111111',
    '+49 30 9018',
  ])

  it('is nowhere in a profile, and there with unmask', async () => {
    const text = JSON.stringify(await profiled(people, { shownRows: 40, top: 40 }))
    for (const secret of secrets) expect(text).not.toContain(secret)
    const open = JSON.stringify(await profiled(people, { shownRows: 40, top: 40, unmask: true }))
    for (const secret of ['person7@example.org', 'Grace', '4111111111111111', '+49 30 9018200'])
      expect(open).toContain(secret)
  })

  it('is nowhere in kept sketches either', async () => {
    const text = JSON.stringify(await profiled(people, { sketches: true }))
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  it('stays unseen when profiles are merged, and stays named', async () => {
    const kept = await profiled(people, { sketches: true })
    const merged = mergeProfiles(kept, kept)
    for (const secret of secrets) expect(JSON.stringify(merged)).not.toContain(secret)
    expect(merged.columns[0]).toMatchObject({ count: 80, top: [], semantic: [{ kind: 'email', rows: 80 }] })
  })

  it('is named with its evidence, and other columns stay as they are', async () => {
    const { columns } = await profiled(people)
    const kinds = Object.fromEntries(columns.map(({ name, semantic }) => [name, semantic[0]?.kind]))
    expect(kinds).toEqual({
      email: 'email',
      'First Name': 'person-name',
      date_of_birth: 'birth-date',
      card: 'card',
      note: undefined,
      amount: undefined,
    })
    expect(columns.find(({ name }) => name === 'amount')?.numbers?.max).toBe(58.5)
  })

  it('leaves no e-mail address anywhere, whatever the table', async () => {
    const email = fc
      .tuple(fc.stringMatching(/^[a-z]{5,9}$/), fc.stringMatching(/^[a-z]{5,9}$/))
      .map(([a, b]) => `${a}@${b}.com`)
    const cell = fc.oneof(
      email,
      fc.constantFrom('x', 'some words', null),
      email.map((one) => `mail ${one}!`),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: cell, b: cell }), { maxLength: 12 }), async (rows) => {
        const text = JSON.stringify(await profiled(rows, { sketches: true, shownRows: 12 }))
        for (const row of rows) {
          for (const value of Object.values(row)) {
            const found = /[a-z]+@[a-z]+\.com/.exec(String(value))?.[0]
            if (found !== undefined) expect(text).not.toContain(found)
          }
        }
      }),
      { numRuns: 50 },
    )
  })
})
