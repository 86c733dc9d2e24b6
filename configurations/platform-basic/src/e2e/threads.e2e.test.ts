import { afterAll, describe, expect, it, vi } from 'vitest'

import { nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

// With so many trees, small ones, the work is long enough to be shared.
const TREES = ['--detector', 'iforest', '--param', 'nEstimators=5000', '--param', 'maxSamples=8']
const rows = Array.from({ length: 5000 }, (_, i) =>
  [Math.sin(i), Math.cos(i * 1.7), (i * 7919) % 1009, i === 77 ? 1 : 0].join(','),
)
const file = write('data.csv', ['a,b,c,label', ...rows].join('\n'))

async function printed(args: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr, code } = await nomaly([...args, '--data', folder], { env })
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

describe('--threads', () => {
  it('changes no digit of what detect prints', async () => {
    const detect = ['detect', file, ...TREES, '--all', '--label', 'label']
    const { stdout: alone } = await nomaly([...detect, '--threads', '1'])
    const { stdout: shared } = await nomaly([...detect, '--threads', '2'])
    const { stdout: byEnvironment } = await nomaly(detect, { env: { NOMALY_THREADS: '3' } })

    expect(alone.split('\n')).toHaveLength(5002)
    expect(shared).toBe(alone)
    expect(byEnvironment).toBe(alone)
  })

  it('is for fit and score too, and an evaluation tells the processor time', async () => {
    await printed(['fit', file, '--model', 'm', ...TREES, '--columns', 'a,b,c', '--threads', '2'])
    const score = ['score', file, '--model', 'm', '--all']
    expect(await printed([...score, '--threads', '2'])).toBe(await printed([...score, '--threads', '1']))

    const evaluate = [
      'evaluate',
      file,
      '--label',
      'label',
      '--detectors',
      'iforest',
      '--format',
      'json',
      '--threads',
      '2',
    ]
    const [one]: ReadonlyArray<Record<string, number>> = JSON.parse(await printed(evaluate))
    expect(one?.['fitCpuMs']).toBeGreaterThan(0)
    expect(one?.['scoreCpuMs']).toBeGreaterThan(0)
  })

  it('is refused in the environment as on the line', async () => {
    const { code, stderr } = await nomaly(['detect', file], { env: { NOMALY_THREADS: '0' } })

    expect(stderr).toMatch(/^nomaly: environment: NOMALY_THREADS: /)
    expect(code).toBe(2)
  })
})
