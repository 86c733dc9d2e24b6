import { join } from 'node:path'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { nomaly, type Outcome, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)
const data = join(folder, 'kept')
const run = (...args: ReadonlyArray<string>): Promise<Outcome> => nomaly([...args, '--data', data])
const json = async (...args: ReadonlyArray<string>): Promise<ReadonlyArray<Record<string, unknown>>> =>
  JSON.parse((await run(...args, '--format', 'json')).stdout)

describe('fit --track', () => {
  it('keeps the fit as a run and registers the model', async () => {
    const csv = write(
      'good.csv',
      ['a,b', ...Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${Math.cos(i)}`)].join('\n'),
    )
    for (const track of [['--track', 'pumps'], ['--track']])
      expect((await run('fit', csv, '--model', 'pump', '--detector', 'knn', ...track)).code).toBe(0)
    const [tracked] = await json('runs', '--experiment', 'pumps')

    expect(tracked).toMatchObject({
      status: 'FINISHED',
      params: { detector: 'knn', nNeighbors: '5' },
      metrics: { rows: 60 },
    })
    expect(await json('runs', 'show', String(tracked?.['id']))).toMatchObject([
      { datasets: [expect.stringMatching(/^good\.csv@[0-9a-f]{36}$/)], models: [expect.stringMatching(/^m-/)] },
    ])
    expect(await json('runs', '--experiment', 'detectors')).toHaveLength(1)
    expect((await json('models', 'versions', 'pump')).map(({ version }) => version)).toEqual([2, 1])
    const shown = await json('models', 'show', 'pump')
    expect(shown.map(({ kind, version, detector }) => [kind, version, detector])).toEqual([
      ['detector', 2, 'knn'],
      ['registered', 1, null],
      ['registered', 2, null],
    ])
    const file = await run('artifacts', 'get', 'models:/pump/1', 'model.json')
    expect(JSON.parse(file.stdout)).toMatchObject({ model: { name: 'pump', version: 1 } })
  })

  it('that throws leaves a failed run, and the same message and exit code', async () => {
    const file = write('flat.csv', 'a,b\nx\n')
    const { code, stderr } = await run('fit', file, '--model', 'bad', '--track', 'failures')
    const plain = await run('fit', file, '--model', 'bad')
    const [failed] = await json('runs', '--experiment', 'failures')

    expect(failed).toMatchObject({ name: 'bad', status: 'FAILED', params: { detector: 'iforest', source: file } })
    expect(stderr).toContain(plain.stderr)
    expect(stderr).toContain(`tracked as failed run ${String(failed?.['id'])} of failures`)
    expect([code, plain.code]).toEqual([3, 3])
    const [shown] = await json('runs', 'show', String(failed?.['id']))
    expect(shown?.['tags']).toHaveProperty(['nomaly.error'])
  })
})

describe('evaluate --track', () => {
  it('keeps a run for each detector', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => (i === 30 ? '9,9,1' : `${Math.sin(i)},${Math.cos(i)},0`))
    const file = write('labelled.csv', ['a,b,fault', ...rows].join('\n'))
    const args = ['--label', 'fault', '--detectors', 'knn,hbos', '--track', 'compared']
    expect((await run('evaluate', file, ...args)).code).toBe(0)
    const runs = await json('runs', '--experiment', 'compared', '--order-by', 'attributes.run_name ASC')

    expect(runs.map(({ name, status }) => [name, status])).toEqual([
      ['evaluate labelled.csv', 'FINISHED'],
      ['hbos on labelled.csv', 'FINISHED'],
      ['knn on labelled.csv', 'FINISHED'],
    ])
    expect(runs[2]).toMatchObject({ params: { detector: 'knn' }, metrics: { rocAuc: 1, rows: 60 } })
  })
})
