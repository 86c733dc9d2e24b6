import { spawn } from '@lydell/node-pty'
import { afterAll, describe, expect, it, vi } from 'vitest'

import { BIN, linesOf, nomaly, plainEnvironment, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const HALF_HOUR = 1_800_000
const START = Date.UTC(2026, 10, 2)
const SPIKE = 500 // the point that is out of place: value 40 where some 20 are expected

/** Twenty days, a point every half hour, a daily cycle with a little noise, and one point that is out of place. */
function points(): ReadonlyArray<readonly [number, number]> {
  return Array.from({ length: 48 * 20 }, (_, t) => {
    const value = t === SPIKE ? 40 : 20 + 5 * Math.sin((2 * Math.PI * t) / 48) + 0.5 * Math.sin(t * t)
    return [START + t * HALF_HOUR, Number(value.toFixed(3))] as const
  })
}

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 19) + 'Z'
const csvOf = (rows: ReadonlyArray<readonly [number, number]>, time = iso): string =>
  ['ts,v', ...rows.map(([ms, value]) => `${time(ms)},${value}`)].join('\n')

const file = write('load.csv', csvOf(points()))
const detect = ['detect', file, '--time', 'ts']

interface Anomaly {
  readonly row: number
  readonly time: string | number
  readonly value: number
  readonly expected: number
  readonly lower: number
  readonly upper: number
  readonly score: number
  readonly from: string | number
  readonly until: string | number
  readonly points: number
}

async function anomaliesOf(args: ReadonlyArray<string>): Promise<ReadonlyArray<Anomaly>> {
  const { code, stdout, stderr } = await nomaly([...args, '--format', 'json'])
  expect([code, stderr.includes('nomaly:') ? stderr : '']).toEqual([0, expect.any(String)])
  return JSON.parse(stdout)
}

describe('nomaly detect --time', () => {
  it('prints what is out of place, what was expected there and the band; says which method and why', async () => {
    const { code, stdout, stderr } = await nomaly(detect)
    const [header, ...rows] = linesOf(stdout)

    expect(header).toBe('row,time,value,expected,lower,upper,score,points,from,until')
    expect(rows).toHaveLength(1)
    const [row, time, value, expected, lower, upper, score] = (rows[0] ?? '').split(',')
    expect([row, time, value]).toEqual([String(SPIKE + 1), iso(START + SPIKE * HALF_HOUR), '40'])
    expect(Math.abs(Number(expected) - 22.5)).toBeLessThan(1)
    expect(Number(lower)).toBeLessThan(Number(expected))
    expect(Number(upper)).toBeLessThan(30)
    expect(Number(score)).toBeGreaterThan(10)
    expect(stderr).toMatch(
      /^a point every 30 min; auto chose seasonal-baseline: a cycle of a day \(48 points\), seen 20 times, explains \d+ % of the variance\n$/,
    )
    expect(code).toBe(0)
  })

  it.each([
    ['seconds', (ms: number) => String(ms / 1000), (START + SPIKE * HALF_HOUR) / 1000],
    ['milliseconds', String, START + SPIKE * HALF_HOUR],
    [
      'times with a blank and no zone',
      (ms: number) => iso(ms).replace('T', ' ').replace('Z', ''),
      iso(START + SPIKE * HALF_HOUR)
        .replace('T', ' ')
        .replace('Z', ''),
    ],
  ])('reads %s', async (_, time, expected) => {
    const [only] = await anomaliesOf(['detect', write('other.csv', csvOf(points(), time)), '--time', 'ts'])

    expect(only).toMatchObject({ row: SPIKE + 1, value: 40, points: 1 })
    expect(String(only?.time)).toBe(String(expected))
  })

  it('with --all prints every row in the order of the file', async () => {
    const { stdout } = await nomaly([...detect, '--all'])
    const [header, ...rows] = linesOf(stdout)

    expect(header).toBe('row,time,value,expected,lower,upper,score,anomaly')
    expect(rows).toHaveLength(48 * 20)
    expect(rows.filter((row) => row.endsWith(',1')).map((row) => row.split(',')[0])).toEqual([String(SPIKE + 1)])
  })

  it('sorts rows, merges those of one time, joins gaps by lines, and tells it; refuses disorder where asked to', async () => {
    const [head, ...rest] = points()
    const gappy = rest.filter((_, t) => t < 300 || t >= 304)
    const rows = head === undefined ? [] : [...gappy.slice(100), head, ...gappy.slice(0, 100), [head[0], 21] as const]
    const untidy = write('untidy.csv', `${csvOf(rows)}\n,5\n`)
    const { stdout, stderr, code } = await nomaly(['detect', untidy, '--time', 'ts', '--format', 'jsonl'])
    const refused = await nomaly(['detect', untidy, '--time', 'ts', '--order', 'refuse'])

    expect(linesOf(stdout).map((line) => (JSON.parse(line) as Anomaly).value)).toEqual([40])
    expect(stderr).toContain('nomaly: left out 1 of 958 rows that lack a ts\n')
    expect(stderr).toContain('nomaly: sorted by ts: 102 rows came after one of a later time\n')
    expect(stderr).toContain('nomaly: 1 row shares a point with another: the mean is taken\n')
    expect(stderr).toContain('nomaly: 4 points in 1 gap have no row: lines join their neighbours\n')
    expect(code).toBe(0)
    expect(refused.stderr).toMatch(/102 rows come after one of a later time in column 'ts'/)
    expect(refused.code).toBe(3)
  })

  it('takes a series for each key, leaves out those that are too short, ends with 1 by --fail-on', async () => {
    const rows = points().flatMap(([ms, value], t) => [
      `${iso(ms)},a,${value}`,
      `${iso(ms)},b,${t === 700 ? 1 : value === 40 ? 22.5 : value}`,
      ...(t < 3 ? [`${iso(ms)},c,1`] : []),
    ])
    const keyed = write('keyed.csv', ['ts,pump,v', ...rows].join('\n'))
    const { code, stdout, stderr } = await nomaly(
      `detect ${keyed} --time ts --value v --key pump --fail-on 2`.split(' '),
    )
    const [header, ...found] = linesOf(stdout)

    expect(header).toMatch(/^pump,row,time,value,expected/)
    expect(found.map((line) => line.split(',')[0])).toEqual(expect.arrayContaining(['a', 'b']))
    expect(found).toHaveLength(2)
    expect(found.find((line) => line.startsWith('b,'))).toContain(`,${iso(START + 700 * HALF_HOUR)},1,`)
    expect(stderr).toContain('nomaly: left out 1 of 3 series that are too short\n')
    expect(stderr).toContain('auto chose seasonal-baseline for 2 of 2 series\n')
    expect(code).toBe(1)
  })

  it.each([
    ['stl', true],
    ['holt-winters', true],
    ['seasonal-esd', true],
    ['spectral-residual', false],
    ['sub-kmeans', false],
    ['sub-knn', false],
    ['matrix-profile', false],
  ])('finds it by %s', async (detector, hasBand) => {
    const found = await anomaliesOf([...detect, '--detector', detector])
    const [first] = found.toSorted((a, b) => b.score - a.score)

    expect(Math.abs((first?.row ?? 0) - SPIKE)).toBeLessThan(64)
    expect(first?.upper !== undefined && first.lower < first.expected).toBe(hasBand)
  })

  it('names the stretch that the odd one is most like', async () => {
    const { stdout } = await nomaly([...detect, '--detector', 'sub-knn', '--period', '48', '--top', '1'])
    const [header, row] = linesOf(stdout)
    const [, time = '', ...rest] = (row ?? '').split(',')

    expect(header).toBe('row,time,value,expected,score,points,from,until,most_like')
    // a stretch at the same time of another day
    const apart = (Date.parse(time) - Date.parse(rest.at(-1) ?? '')) / HALF_HOUR
    expect(Math.abs(Math.round((apart - 24) / 48) * 48 - (apart - 24))).toBeLessThanOrEqual(1)
  })

  it('makes points of the step that is asked for, and takes the cycle that is told', async () => {
    const hourly = await nomaly([...detect, '--step', '1h', '--aggregate', 'max', '--period', '24'])

    expect(hourly.stderr).toMatch(/^nomaly: 480 rows share a point with another: the max is taken\na point every 1 h; /)
    expect(linesOf(hourly.stdout)[1]).toMatch(/^501,2026-11-12T10:00:00Z,40,/)
  })

  it.each([
    [['--value', 'none'], 2, /there is no column 'none'|column "none"|none/],
    [['--columns', 'v'], 2, /--columns does not go with --time/],
    [['--detector', 'iforest'], 2, /there is no method 'iforest' for time series; choose seasonal-baseline, stl/],
    [['--param', 'alpha=2', '--detector', 'stl'], 2, /parameters of stl: alpha/],
    [['--period', 'long'], 2, /whole number from 1/],
  ])('refuses %j', async (flags, code, message) => {
    const outcome = await nomaly([...detect, ...flags])

    expect(outcome.stderr).toMatch(message)
    expect(outcome.code).toBe(code)
    expect(outcome.stdout).toBe('')
  })

  it('refuses what is no time, with its line; and flags of series without --time', async () => {
    const wrong = await nomaly(['detect', write('wrong.csv', 'ts,v\n2026-11-20,1\nsoon,2\n'), '--time', 'ts'])
    const several = await nomaly(['detect', write('ab.csv', 'ts,a,b\n2026-11-20,1,2\n'), '--time', 'ts'])
    const alone = await nomaly(['detect', file, '--key', 'v'])

    expect(wrong.stderr).toMatch(/line 3: "soon" is no time: give ISO 8601/)
    expect(wrong.code).toBe(3)
    expect(several.stderr).toMatch(/which column are the values\? There are a, b \(--value COLUMN\)/)
    expect(several.code).toBe(2)
    expect(alone.stderr).toMatch(/--key is about time series: give --time COLUMN, too/)
    expect(alone.code).toBe(2)
  })
})

describe('on a terminal nomaly detect --time', () => {
  function screen(env: Record<string, string> = {}): Promise<string> {
    return new Promise((resolve) => {
      const terminal = spawn(process.execPath, [BIN, ...detect], {
        cols: 70,
        rows: 40,
        cwd: folder,
        env: plainEnvironment({ TERM: 'xterm-256color', ...env }),
      })
      let text = ''
      terminal.onData((data) => (text += data))
      terminal.onExit(() => resolve(text.replaceAll('\r', '')))
    })
  }

  it('draws the series as wide as the screen, with a red mark under what is out of place', async () => {
    const text = await screen()
    // eslint-disable-next-line no-control-regex -- what colours a terminal begins with a control character
    const lines = text.replaceAll(/\u001B\[[\d;]*[A-Za-z]/g, '').split('\n')
    const mark = lines.findIndex((line) => line.includes('▲'))

    expect(text).toContain('\u001B[31m▲')
    expect(mark).toBeGreaterThan(5)
    expect(Math.abs((lines[mark]?.indexOf('▲') ?? 0) - 6 - (SPIKE / 960) * 64)).toBeLessThan(4)
    expect(lines[mark - 6]).toMatch(/^ *40 +[\u2800-\u28FF]/)
    expect(lines[mark + 1]).toMatch(/2026-11-02T00:00:00Z +2026-11-21T23:30:00Z/)
    expect(Math.max(...lines.slice(mark - 7, mark + 2).map((line) => line.length))).toBeLessThanOrEqual(70)
    expect(lines.at(-2)).toMatch(/^960 rows, seasonal-baseline: 1 anomaly over 1 row \(0\.1%\)$/)
  })

  it('without colours where they are unwanted', async () => {
    const text = await screen({ NO_COLOR: '1' })

    expect(text).toContain('▲')
    expect(text).not.toContain('\u001B[31m')
  })
})
