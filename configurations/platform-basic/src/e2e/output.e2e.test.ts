import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { BIN, linesOf, nomaly, plainEnvironment, sampleCsv, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const file = write('data.csv', sampleCsv())
const detect = ['detect', file, '--columns', 'a,b', '--detector', 'knn', '--contamination', '0.1']

describe('nomaly detect prints', () => {
  it('CSV in a pipe, and nothing on stderr: the six anomalies, the highest score first', async () => {
    const { code, stdout, stderr } = await nomaly(detect)
    const [header, ...rows] = linesOf(stdout)
    const scores = rows.map((row) => Number(row.split(',')[1]))

    expect(header).toBe('row,score,stands_out')
    expect(rows).toHaveLength(6)
    expect(rows[0]).toMatch(/^31,\d+\.\d+,"(a=40 \(\+|b=-40 \(-)[\d.]+ sd\), /)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it('JSON: an array of objects with the same numbers in full', async () => {
    const [csv, json] = await Promise.all([nomaly(detect), nomaly([...detect, '--format', 'json'])])
    const records: ReadonlyArray<{ row: number; score: number; stands_out: ReadonlyArray<object> }> = JSON.parse(
      json.stdout,
    )
    const fromCsv = linesOf(csv.stdout).slice(1)

    expect(records.map(({ row, score }) => [row, score])).toEqual(
      fromCsv.map((line) => line.split(',').slice(0, 2).map(Number)),
    )
    expect(records[0]?.stands_out).toContainEqual({ feature: 'a', value: 40, deviation: expect.any(Number) })
  })

  it('JSON lines', async () => {
    const { stdout } = await nomaly([...detect, '--format', 'jsonl', '--top', '2'])

    expect(linesOf(stdout).map((line) => Object.keys(JSON.parse(line)))).toEqual([
      ['row', 'score', 'stands_out'],
      ['row', 'score', 'stands_out'],
    ])
  })

  it('a table, its numbers to the right', async () => {
    const { stdout } = await nomaly([...detect, '--format', 'table', '--top', '2'])
    const [header = '', first = '', second = ''] = linesOf(stdout)

    expect(header).toMatch(/^row +score +stands_out$/)
    expect(first).toMatch(/^ 31 {2}\d+\.\d+ {2}(a=40|b=-40) /)
    expect(second.search(/[ab]=/)).toBe(first.search(/[ab]=/))
  })

  it('with --all every row in the order of the file', async () => {
    const { stdout } = await nomaly([...detect, '--all'])
    const [header, ...rows] = linesOf(stdout)

    expect(header).toBe('row,score,anomaly')
    expect(rows.map((row) => Number(row.split(',')[0]))).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
    expect(rows.filter((row) => row.endsWith(',1'))).toHaveLength(6)
    expect(rows[30]).toMatch(/,1$/)
  })

  it('with --label the label, and how the ranking agrees with it on stderr', async () => {
    const { stdout, stderr } = await nomaly(['detect', file, '--label', 'label', '--detector', 'knn', '--top', '2'])

    expect(stdout).toMatch(/^row,score,label,stands_out\n31,[\d.]+,1,.*\n\d+,[\d.]+,0,/)
    expect(stderr).toBe(
      'knn against the 1 known anomaly: ROC-AUC 1.0000, average precision 1.0000, precision at n 1.0000\n',
    )
  })

  it('the same for the same seed, and something else for another', async () => {
    const forest = (seed: string): Promise<string> =>
      nomaly(['detect', file, '--all', '--seed', seed]).then(({ stdout }) => stdout)
    const [first, again, other] = await Promise.all([forest('1'), forest('1'), forest('2')])

    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })
})

describe('thresholds', () => {
  it.each([
    ['--contamination 0.05', ['--contamination', '0.05'], 3],
    ['a score', ['--threshold', '10'], 1],
    ['mad:50', ['--threshold', 'mad:50'], 1],
  ])('%s', async (_, flags, anomalies) => {
    const { stdout } = await nomaly(['detect', file, '--columns', 'a,b', '--detector', 'knn', ...flags])

    expect(linesOf(stdout)).toHaveLength(1 + anomalies)
  })

  it.each([
    ['1', 1],
    ['6', 1],
    ['7', 0],
    ['10%', 1],
    ['11%', 0],
  ])('--fail-on %s ends with %i when 6 of 60 rows are anomalies', async (limit, exitCode) => {
    const { code, stdout } = await nomaly([...detect, '--fail-on', limit])

    expect(linesOf(stdout)).toHaveLength(7)
    expect(code).toBe(exitCode)
  })
})

describe('-o', () => {
  it.each([
    ['out.csv', /^row,score,stands_out\n31,/],
    ['out.json', /^\[\n {2}\{"row":31,/],
    ['out.jsonl', /^\{"row":31,/],
  ])('writes %s by its extension, and nothing to stdout', async (name, start) => {
    const { code, stdout } = await nomaly([...detect, '-o', join(folder, name)])

    expect(readFileSync(join(folder, name), 'utf8')).toMatch(start)
    expect(stdout).toBe('')
    expect(code).toBe(0)
  })

  it('leaves nothing half-written, and says why it cannot write', async () => {
    const { code, stderr } = await nomaly([...detect, '-o', join(folder, 'no/such/folder.csv')])

    expect(stderr).toMatch(/^nomaly: .*folder\.csv cannot be written: /)
    expect(code).toBe(2)
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('writes to a device without replacing it', async () => {
    const { code } = await nomaly([...detect, '-o', '/dev/null'])

    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
    expect(code).toBe(0)
  })
})

it('ends quietly with 0 when the reader closes the pipe', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `${i % 977},${(i * 7919) % 1009}`)
  const large = write('large.csv', ['a,b', ...rows].join('\n'))
  const child = spawn(process.execPath, [BIN, 'detect', large, '--all', '--detector', 'hbos'], {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise((resolve) => void child.on('close', resolve))

  expect(stderr).toBe('')
  expect(code).toBe(0)
})

describe('nomaly evaluate', () => {
  it('prints exactly these fields as JSON', async () => {
    const { code, stdout } = await nomaly([
      'evaluate',
      file,
      '--label',
      'label',
      '--detectors',
      'ecod,knn',
      '--format',
      'json',
    ])
    const evaluations: ReadonlyArray<Record<string, unknown>> = JSON.parse(stdout)

    expect(evaluations.map((one) => one['detector'])).toEqual(['ecod', 'knn'])
    expect(Object.keys(evaluations[0] ?? {})).toEqual([
      'detector',
      'rocAuc',
      'averagePrecision',
      'precisionAtN',
      'fitMs',
      'scoreMs',
      'fitCpuMs',
      'scoreCpuMs',
      'rows',
      'features',
    ])
    expect(evaluations[1]).toMatchObject({ rocAuc: 1, averagePrecision: 1, precisionAtN: 1, rows: 60, features: 2 })
    expect(code).toBe(0)
  })

  it('runs all detectors by default, standardized when asked, with parameters by detector', async () => {
    const args = ['evaluate', file, '--label', 'label', '--standardize', '--param', 'knn.nNeighbors=3']
    const [{ code, stdout }, listed] = await Promise.all([nomaly(args), nomaly(['detectors'])])
    const ids = (text: string): ReadonlyArray<string | undefined> =>
      linesOf(text)
        .slice(1)
        .map((line) => line.split(',')[0])

    const ofRows = listed.stdout.replaceAll(/^.*,series\n/gm, '') // the others are for detect --time
    expect([...ids(stdout), 'ensemble', 'auto']).toEqual(ids(ofRows))
    expect(ids(listed.stdout)).toContain('seasonal-baseline')
    expect(ids(stdout)).toContain('iforest')
    expect(code).toBe(0)
  })

  it('takes several files, and ends with the means over those that each detector was run on', async () => {
    const twice = ['evaluate', file, file, '--label', 'label', '--detectors', 'ecod,hbos', '--format', 'json']
    const { code, stdout } = await nomaly(twice)

    const all = ['ecod', 'hbos'].map((detector) => ({ file, detector, rocAuc: 1, rows: 60 }))
    const means = ['ecod', 'hbos'].map((detector) => ({ file: 'mean of 2', detector, rocAuc: 1, rows: null }))
    expect(JSON.parse(stdout)).toMatchObject([...all, ...all, ...means])
    expect(code).toBe(0)
  })

  it('needs labels of both kinds', async () => {
    const normal = write('normal.csv', 'a,label\n1,0\n2,0\n3,0\n')
    const { code, stderr } = await nomaly(['evaluate', normal, '--label', 'label'])

    expect(stderr).toMatch(/normal\.csv: all 3 labels are 0 \(normal\)/)
    expect(code).toBe(3)
  })
})
