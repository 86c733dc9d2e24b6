import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { write, remove } = scratch()
afterAll(remove)

const START = Date.UTC(2026, 0, 1)
const timeOf = (row: number): string => new Date(START + row * 60_000).toISOString().slice(0, 19).replace('T', ' ')

// A thousand minutes of a wave, with a level far above it from row 800 to 819.
const rows = Array.from({ length: 1000 }, (_, row) => {
  const value = Math.sin(row / 9) + ((row * 7919) % 13) / 40 + (row >= 800 && row < 820 ? 9 : 0)
  return `${timeOf(row)},${value.toFixed(4)}`
})
const file = write('metric.csv', ['at,value', ...rows, ''].join('\n'))
const json = write('windows.json', JSON.stringify({ 'metric.csv': [[`${timeOf(795)}.000000`, timeOf(830)]] }))
const csv = write('windows.csv', `start,end,file\n${timeOf(795)},${timeOf(830)},metric.csv\n`)

interface Line {
  readonly detector: string
  readonly nab: number
  readonly vusPr: number
  readonly detected: number
  readonly delay: number
}

describe('nomaly evaluate --windows', () => {
  it.each([
    ["NAB's JSON", json],
    ['a table', csv],
  ])('measures streams against windows of %s', async (_, windows) => {
    const detectors = ['--detectors', 'robust-z-score,z-score+anomaly-likelihood', '--format', 'json']
    const { code, stdout, stderr } = await nomaly([
      'evaluate',
      file,
      '--windows',
      windows,
      '--time',
      'at',
      ...detectors,
    ])

    expect(stderr).toBe('')
    expect(code).toBe(0)
    const lines = JSON.parse(stdout) as ReadonlyArray<Line>
    expect(lines.map(({ detector }) => detector)).toEqual(['robust-z-score', 'z-score+anomaly-likelihood'])
    for (const line of lines) {
      expect(line).toMatchObject({ causal: 1, windows: 1, series: 1, rows: 1000, detected: 1, falseAlarms: 0 })
      expect(line.nab).toBeGreaterThan(80)
      expect(line.vusPr).toBeGreaterThan(0.3)
      expect(line.delay).toBeGreaterThanOrEqual(5)
    }
  })

  it('prints a line a detector, all files being one corpus', async () => {
    const { stdout } = await nomaly([
      'evaluate',
      file,
      file,
      '--windows',
      json,
      '--time',
      'at',
      '--detectors',
      'z-score',
    ])
    const [header, line, ...others] = linesOf(stdout)
    expect(header).toBe(
      'detector,causal,nab,nabLowFp,nabLowFn,threshold,vusPr,vusRoc,rangePrecision,rangeRecall,detected,delay,falseAlarms,windows,series,rows',
    )
    expect(line).toMatch(/^z-score,1,.*,2,2,2000$/)
    expect(others).toEqual([])
  })

  it.each([
    [['--windows', json], 2, /name the column of times with --time/],
    [['--windows', json, '--time', 'when'], 2, /no column 'when'|no column "when"/],
    [['--windows', file, '--time', 'at'], 3, /need the columns start and end/],
    [['--windows', 'none.json', '--time', 'at'], 3, /none\.json/],
    [['--windows', json, '--time', 'at', '--detectors', 'rfc'], 2, /no detector 'rfc'/],
    [['--windows', json, '--time', 'at', '--label', 'value'], 2, /--label does not go with --windows/],
    [['--label', 'value', '--time', 'at'], 2, /--time goes with --windows alone/],
    [[], 2, /'--label <column>' or '--windows <file>'/],
  ])('with %j ends with %i and says why', async (flags, expected, message) => {
    const { code, stderr, stdout } = await nomaly(['evaluate', file, ...flags])
    expect(stderr).toMatch(message)
    expect(stdout).toBe('')
    expect(code).toBe(expected)
  })
})
