import { describe, expect, it } from 'vitest'

import { profileTable } from '../../application/profile-table.ts'
import { compareProfiles } from '../../domain/comparison/compare-profiles.ts'
import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import { profileReport } from './profile-report.ts'

const mixed = (i: number): number => (i * 0.6180339887498949) % 1
const profiled = (rows: ReadonlyArray<Record<string, unknown>>): ReturnType<typeof profileTable> =>
  profileTable({ engine: memoryEngine(recordsTable(rows)), now: () => 0 }, { source: 'rows <1>' })

describe('the report', () => {
  it('escapes whatever names and values hold', async () => {
    const hostile = '"><script>alert(1)</script>'
    const page = profileReport(
      await profiled([{ [hostile]: hostile }, { [hostile]: hostile }, { [hostile]: "' onload=x" }]),
    )
    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).toContain('<title>Profile of rows &lt;1&gt;</title>')
  })

  it('stands by itself: nothing is fetched, every part has a heading, every link a target', async () => {
    const profile = await profiled(
      Array.from({ length: 60 }, (_, i) => ({
        at: new Date(i * 86_400_000),
        a: mixed(i),
        b: i % 7 === 0 ? null : mixed(i * 3),
        c: 'xyz'[i % 3],
      })),
    )
    const page = profileReport(profile, { comparison: compareProfiles(profile, profile) })
    expect(page).not.toMatch(/(?:src|href)="(?!#)|url\(|@import/)
    const targets = [...page.matchAll(/href="#([a-z]+)"/g)].map(([, id]) => id)
    expect(targets.length).toBeGreaterThan(8)
    for (const id of targets) expect(page).toContain(`id="${id}"`)
    for (const [svg] of page.matchAll(/<svg[^>]*>/g)) expect(svg).toMatch(/role="img" aria-label="[^"]+"/)
    expect(page).toContain('<html lang="en">')
  })

  it('is below 300 kB for 50 columns', async () => {
    const rows = Array.from({ length: 400 }, (_row, i) =>
      Object.fromEntries(
        Array.from({ length: 50 }, (_column, c) => [
          `column number ${c}`,
          c % 5 === 4
            ? `value ${(i * (c + 3)) % 23} of this column`
            : c % 9 === 0 && i % 11 === 0
              ? null
              : mixed(i * (c + 1)) * 10 ** (c % 6),
        ]),
      ),
    )
    const page = profileReport(await profiled(rows))
    expect(Buffer.byteLength(page)).toBeLessThan(300_000)
  })

  it('shows no personal value', async () => {
    const page = profileReport(
      await profiled(Array.from({ length: 30 }, (_, i) => ({ mail: `someone${i % 4}@example.org`, n: i }))),
    )
    expect(page).not.toContain('someone')
    expect(page).toContain('personal: masked unless asked for')
  })
})
