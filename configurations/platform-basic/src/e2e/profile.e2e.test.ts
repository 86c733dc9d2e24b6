import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseProfile } from '@nomaly/data-profiling'
import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const people = (count: number, shift: number): string =>
  [
    'id,email,height,team,joined',
    ...Array.from(
      { length: count },
      (_, i) =>
        `${i},person${i}@example.org,${(170 + shift + 10 * Math.sin(i * 1.7)).toFixed(2)},${'abc'[i % 3]},2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
    ),
  ].join('\n')
const file = write('people.csv', people(300, 0))
const taller = write('taller.csv', people(300, 9))
const MASKED = /person\d+@/

describe('nomaly profile', () => {
  it.each(['duckdb', 'memory'])(
    'prints a line a column by %s, with its shape, and no personal value',
    async (engine) => {
      const { code, stdout, stderr } = await nomaly(['profile', file, '--engine', engine, '--format', 'table'])

      const [header, ...lines] = linesOf(stdout)
      expect(header).toMatch(/^column +type +missing +different +shape +values +notes/)
      expect(lines[0]).toMatch(/^id +number +300 +[▁-█ ]+ +0 \.\. 149\.5 \.\. 299 +.*unique/)
      expect(lines[1]).toMatch(/^email +text +300 .*email \(personal\)/)
      expect(lines[3]).toMatch(/^team +category +3 +███ +a \(100\)/)
      expect(lines[4]).toMatch(/^joined +date +28 +[▁-█ ]+ +2024-01-01 \.\. 2024-01-28/)
      expect(stdout + stderr).not.toMatch(MASKED)
      expect(code).toBe(0)
    },
  )

  it('gives the same profile by both engines as JSON of the published schema', async () => {
    const [one, two] = await Promise.all(
      ['duckdb', 'memory'].map(async (engine) =>
        parseProfile(JSON.parse((await nomaly(['profile', file, '--engine', engine, '--format', 'json'])).stdout)),
      ),
    )
    expect(one?.engine).toBe('duckdb')
    expect(two?.engine).toBe('memory')
    const comparable = (profile = one): unknown =>
      profile?.columns.map(({ physicalType: _, ...column }) => ({
        ...column,
        semantic: column.semantic.map(({ kind }) => kind),
      }))
    expect(JSON.stringify(comparable(two))).not.toMatch(MASKED)
    expect(comparable(two)).toEqual(comparable(one))
  })

  it('writes a report, and masks nothing where that is asked for', async () => {
    const page = join(folder, 'report.html')
    const { code, stdout, stderr } = await nomaly(['profile', file, '-o', page])
    expect([code, stdout]).toEqual([0, ''])
    expect(linesOf(stderr)).toEqual([`wrote ${page}`])
    const written = readFileSync(page, 'utf8')
    expect(written).toMatch(/^<!doctype html>/)
    expect(written).not.toMatch(MASKED)
    const open = await nomaly(['profile', file, '--unmask', '--format', 'json'])
    expect(open.stdout).toMatch(MASKED)
  })

  it('compares with a file or a kept profile, and fails on drift where asked to', async () => {
    const kept = join(folder, 'kept.json')
    await nomaly(['profile', file, '--sketches', '-o', kept])
    expect(readFileSync(kept, 'utf8')).not.toMatch(MASKED)
    const [byFile, byProfile] = await Promise.all(
      [file, kept].map((other) => nomaly(['profile', taller, '--compare', other, '--format', 'csv', '--fail-on', '1'])),
    )
    expect(byProfile?.stdout).toBe(byFile?.stdout)
    expect(linesOf(byFile?.stdout ?? '').find((line) => line.startsWith('height,'))).toMatch(/^height,drift,kolmogorov/)
    expect(linesOf(byFile?.stdout ?? '').find((line) => line.startsWith('team,'))).toMatch(/^team,stable,chi-square/)
    expect(byFile?.stderr).toMatch(/^1 of \d columns drifted against .*people\.csv/)
    expect(byFile?.code).toBe(1)
    const same = await nomaly(['profile', file, '--compare', kept, '--fail-on', '1', '--format', 'json'])
    expect(JSON.parse(same.stdout)).toMatchObject({ comparison: { drifted: 0 } })
    expect(same.code).toBe(0)
  })

  it('is told of by doctor', async () => {
    const { stdout } = await nomaly(['doctor', '--format', 'csv'], { cwd: folder })
    expect(stdout).toMatch(/^@duckdb\/node-api,on,1\.[\w.-]+ profiles and checks files of any size,$/m)
    expect(stdout).toMatch(/^pg,on,8\.\d+\.\d+ profiles and checks tables of Postgres,$/m)
  })

  it('reads globs and the standard input', async () => {
    for (const engine of ['duckdb', 'memory']) {
      const all = await nomaly(['profile', join(folder, '*.csv'), '--engine', engine, '--format', 'csv'])
      expect(linesOf(all.stdout)[1]).toMatch(/^id,number,[A-Za-z]+,600,0,300,1,/)
    }
    const piped = await nomaly(['profile', '-', '--format', 'jsonl'], { stdin: 'a,b\n1,x\n2,\n' })
    expect(linesOf(piped.stdout).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { column: 'a', count: 2, missing: 0, distinct: 2 },
      { column: 'b', count: 1, missing: 1 },
    ])
  })

  it.each([
    [['nowhere.csv'], 3, /nowhere\.csv/],
    [['nowhere*.csv', '--engine', 'memory'], 3, /no file fits nowhere\*\.csv/],
    [[file, '--columns', 'heigt'], 2, /there is no column "heigt"; did you mean "height"\?/],
    [[file, '--fail-on', '1'], 2, /give --compare too/],
    [[file, '--table', 't'], 2, /--table is of a database/],
    [[file, '--engine', 'pandas'], 2, /duckdb, memory/],
    [['postgres://me:hidden@127.0.0.1:1/db', '--table', 't'], 3, /^(?!.*hidden).*127\.0\.0\.1/],
    [['postgres://127.0.0.1:1/db'], 2, /--table/],
    [['-', '--engine', 'duckdb'], 2, /--engine memory/],
  ])('ends %j with %i and says why', async (args, expected, message) => {
    const { code, stdout, stderr } = await nomaly(['profile', ...args], { cwd: folder })
    expect(stdout).toBe('')
    expect(linesOf(stderr)).toEqual([expect.stringMatching(message)])
    expect(code).toBe(expected)
  })
})
