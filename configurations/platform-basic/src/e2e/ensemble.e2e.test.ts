import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, sampleCsv, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)
const file = write('data.csv', sampleCsv())

describe('several detectors', () => {
  it.each(['average', 'max', 'median', 'aom', 'moa', 'vote'])('combined by %s find the outlier', async (combine) => {
    const args = ['detect', file, '--columns', 'a,b', '--detector', 'iforest,ecod,knn', '--combine', combine]
    const { code, stdout, stderr } = await nomaly([...args, '--label', 'label', '--top', '1'])

    expect(linesOf(stdout)[1]).toMatch(/^31,/)
    expect(stderr).toContain(`${combine} of iforest, ecod, knn against the 1 known anomaly: ROC-AUC 1.0000`)
    expect(code).toBe(0)
  })

  it('learn from the rows that are labelled how far to trust each of them', async () => {
    const labelled = sampleCsv()
      .split('\n')
      .map((line, i) => (i > 0 && i % 5 !== 1 ? line.replace(/[^,]*$/, '') : line))
    const known = write('known.csv', labelled.join('\n'))
    const stack = ['--columns', 'a,b', '--detector', 'knn,ecod', '--combine', 'stack', '--label', 'label']
    const { code, stdout, stderr } = await nomaly(['detect', known, ...stack, '--top', '1', '--confidence'])

    expect(linesOf(stdout)).toEqual(['row,score,confidence,stands_out', expect.stringMatching(/^31,/)])
    expect(stderr).toBe('stack learns from 12 known rows, 1 of them anomalies\n')
    expect(code).toBe(0)
  })

  it('are kept as one model, whose scores are those of the fit', async () => {
    const data = join(folder, 'kept')
    const members = ['--columns', 'a,b', '--detector', 'ecod,hbos', '--unify', 'gaussian', '--weights', '2,1']
    const fitted = await nomaly(['fit', file, '--model', 'both', ...members, '--format', 'json', '--data', data])
    const scored = await nomaly(['score', file, '--model', 'both', '--all', '--data', data])
    const detected = await nomaly(['detect', file, ...members, '--all'])

    expect(JSON.parse(fitted.stdout)).toMatchObject([
      {
        detector: 'ensemble',
        parameters: { unify: 'gaussian', weights: [2, 1], detectors: [{ id: 'ecod' }, { id: 'hbos' }] },
      },
    ])
    expect(scored.stdout).toBe(detected.stdout)
    expect(readFileSync(join(data, 'models/both/1.json'), 'utf8')).toContain('"algorithm":"ensemble"')
  })

  it('are chosen from by auto, which says why on stderr, and nothing else on stdout', async () => {
    const { code, stdout, stderr } = await nomaly([
      'detect',
      file,
      '--columns',
      'a,b',
      '--detector',
      'auto',
      '--top',
      '1',
    ])

    expect(linesOf(stdout)).toEqual(['row,score,stands_out', expect.stringMatching(/^31,/)])
    expect(stderr).toMatch(
      /^auto chose \w+: over 60 rows its ranking agrees best .*\(mean rank correlation: .*more\)\n$/,
    )
    expect(code).toBe(0)
  })

  it.each([
    [['--detector', 'knn,iforst'], /there is no detector 'iforst'; there are: iforest, /],
    [['--detector', 'knn,ecod', '--weights', '1,2,3'], /3 weights for 2 detectors/],
    [['--detector', 'knn', '--combine', 'max'], /give at least 2 detectors/],
    [['--detector', 'knn,ecod', '--combine', 'mean'], /average, max, median, aom, moa, vote/],
    [['--detector', 'knn,ecod', '--combine', 'vote', '--contamination', '0.6'], /above 0 and at most 0\.5/],
  ])('with %j end with 2 and what would be right', async (flags, message) => {
    const { code, stdout, stderr } = await nomaly(['detect', file, ...flags])

    expect(stderr).toMatch(message)
    expect(linesOf(stderr)).toHaveLength(1)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})
