import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

// Ninety rows: `amount` moves by `shift`, `country` takes another mix, `steady` stays.
function csv(shift: number, foreign: number): string {
  const rows = Array.from({ length: 90 }, (_, i) => {
    const country = i % 10 < foreign ? 'FR' : 'DE'
    return `${(shift + Math.sin(i * 1.3)).toFixed(4)},${country},${Math.cos(i * 0.7).toFixed(4)}`
  })
  return ['amount,country,steady', ...rows, ''].join('\n')
}

const before = write('before.csv', csv(0, 2))
const after = write('after.csv', csv(1.5, 7))

describe('nomaly drift', () => {
  it('prints CSV into a pipe, what has drifted first, and nothing else', async () => {
    const { code, stdout, stderr } = await nomaly(['drift', before, after])

    const [header, ...lines] = linesOf(stdout)
    expect(header).toBe('feature,drift,method,statistic,pValue,adjustedPValue,effect,change,missing')
    expect(lines.map((line) => line.split(',').slice(0, 3).join(' '))).toEqual([
      'amount 1 anderson-darling',
      'country 1 chi-squared',
      'steady 0 anderson-darling',
    ])
    expect(stdout).toContain('FR 20% -> 70%')
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it('writes the change itself as JSON, and ends with 1 where it is asked to', async () => {
    const output = join(folder, 'drift.json')
    const strict = ['--fail-on', 'drift', '--correction', 'bonferroni', '--alpha', '0.01']
    const json = ['--columns', 'amount', '--format', 'json', '-o', output]
    const { code, stdout } = await nomaly(['drift', before, after, ...json, ...strict])

    expect(stdout).toBe('')
    expect(code).toBe(1)
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject([
      { feature: 'amount', drift: 1, change: { kind: 'number', from: { median: expect.any(Number) } } },
    ])
    const same = await nomaly(['drift', before, before, '--fail-on', 'drift', '--format', 'jsonl'])
    expect(linesOf(same.stdout)).toHaveLength(3)
    expect(same.code).toBe(0)
  })

  it('reads one of the files from the standard input, and draws a table', async () => {
    const { stdout, code } = await nomaly(['drift', before, '-', '--format', 'table', '--joint', 'classifier'], {
      stdin: csv(1.5, 2),
    })
    expect(stdout).toMatch(/amount +1 +anderson-darling/)
    expect(stdout).toMatch(/all number columns \(2\) +1 +classifier/)
    expect(code).toBe(0)
  })

  it.each([
    [['drift', before, join(folder, 'none.csv')], 3, /none\.csv/],
    [['drift', before, after, '--columns', 'amuont'], 2, /no column "amuont", did you mean "amount"/],
    [['drift', before, after, '--alpha', '2'], 2, /alpha/],
    [['drift', before], 2, /missing required argument/],
  ])('of %j ends with %i and says why', async (args, expected, message) => {
    const { code, stderr, stdout } = await nomaly(args)
    expect(stderr).toMatch(message)
    expect(stdout).toBe('')
    expect(code).toBe(expected)
  })
})
