import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseSuite } from '@nomaly/data-quality/node'
import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const people = (count: number, from: number): string =>
  [
    'id,email,height,team,joined,big',
    ...Array.from(
      { length: count },
      (_, i) =>
        `${from + i},person${i}@example.org,${(170 + 10 * Math.sin(i * 1.7)).toFixed(2)},${'abc'[i % 3]},2024-01-${String((i % 28) + 1).padStart(2, '0')},${9007199254740993n + BigInt(i % 7)}`,
    ),
  ].join('\n')
const file = write('people.csv', people(300, 1))
const later = write('later.csv', people(300, 301))

describe('nomaly suggest', () => {
  it.each(['duckdb', 'memory'])(
    'suggests by %s what the table and the next one meet, without personal data',
    async (engine) => {
      const suite = join(folder, `${engine}.yml`)
      const { code, stdout, stderr } = await nomaly(['suggest', file, '-o', suite, '--engine', engine])
      expect([code, stdout]).toEqual([0, ''])
      expect(linesOf(stderr)).toEqual([expect.stringMatching(/^wrote .*: people: \d+ proposed$/)])
      expect(readFileSync(suite, 'utf8')).not.toMatch(/person\d/)
      const ids = parseSuite(readFileSync(suite, 'utf8')).expectations.map(({ id }) => id)
      expect(ids).toEqual(
        expect.arrayContaining(['unique:id', 'range:height', 'in-set:team', 'form:email', 'range:joined']),
      )
      for (const table of [file, later]) {
        const checked = await nomaly(['check', table, '--suite', suite, '--fail-on', 'info', '--engine', engine])
        expect([checked.code, checked.stdout.match(/unmet.*/g)]).toEqual([0, null])
      }
    },
  )

  it('prints its reasons, and takes a kept profile', async () => {
    const { stdout } = await nomaly(['suggest', file, '--format', 'csv'])
    expect(linesOf(stdout)[0]).toBe('id,state,expectation,column,mostly,reason')
    expect(stdout).toMatch(
      /^in-set:team,proposed,expectColumnValuesToBeInSet,team,0\.9\d+,.*3 different values in 300 rows/m,
    )
    const kept = join(folder, 'profile.json')
    await nomaly(['profile', file, '-o', kept])
    const told = JSON.parse(
      (await nomaly(['suggest', '--profile', kept, '--format', 'json', '--confidence', '0.9'])).stdout,
    )
    expect(told).toContainEqual(expect.objectContaining({ id: 'in-set:team', confidence: 0.9, state: 'proposed' }))
  })

  it('remembers what was accepted and rejected', async () => {
    const suite = join(folder, 'decided.yml')
    await nomaly(['suggest', file, '-o', suite, '--accept', 'in-set:team,rows', '--reject', 'form:email'])
    const again = await nomaly(['suggest', later, '-o', suite])
    expect(again.stderr).toMatch(/2 accepted, 1 rejected\n$/)
    const { expectations, meta } = parseSuite(readFileSync(suite, 'utf8'))
    expect(expectations.find(({ id }) => id === 'in-set:team')?.meta).toMatchObject({
      suggestion: { state: 'accepted' },
    })
    expect(expectations.some(({ id }) => id === 'form:email')).toBe(false)
    expect(meta).toEqual({ suggestions: { rejected: ['form:email'] } })
  })

  it.each([
    [[], 2, /give a file, or --profile/],
    [['nowhere.csv'], 3, /nowhere\.csv/],
    [[file, '--accept', 'row'], 2, /"row"; did you mean rows/],
    [[file, '--confidence', '1'], 2, /below 1/],
    [['--profile', file], 2, /people\.csv|no profile/],
    [[file, '-o', file], 2, /people\.csv/],
  ])('ends %j with %i and says why', async (args, expected, message) => {
    const { code, stdout, stderr } = await nomaly(['suggest', ...args], { cwd: folder })
    expect(stdout).toBe('')
    expect(linesOf(stderr)).toEqual([expect.stringMatching(message)])
    expect(code).toBe(expected)
  })
})
