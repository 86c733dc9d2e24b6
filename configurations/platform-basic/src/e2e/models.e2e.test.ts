import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, type Outcome, sampleCsv, sampleRows, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const good = sampleRows().filter(([, , label]) => label === 0)
const training = write('good.csv', ['a,b', ...good.map(([a, b]) => `${a},${b}`)].join('\n'))
const today = write('today.csv', sampleCsv())
const data = join(folder, 'kept')
const run = (...args: ReadonlyArray<string>): Promise<Outcome> => nomaly([...args, '--data', data])

beforeAll(async () => {
  await run('fit', training, '--model', 'pump', '--detector', 'knn', '--contamination', '0.02')
})

describe('a model', () => {
  it('is kept under the data folder and told of', async () => {
    const { code, stdout } = await run('fit', training, '--model', 'valve', '--detector', 'ecod', '--format', 'json')

    expect(JSON.parse(stdout)).toMatchObject([{ name: 'valve', version: 1, detector: 'ecod', rows: 59, features: 2 }])
    expect(existsSync(join(data, 'models/valve/1.json'))).toBe(true)
    expect(code).toBe(0)
  })

  it('scores other rows, and reads only the columns that it needs', async () => {
    const { code, stdout, stderr } = await run('score', today, '--model', 'pump', '--fail-on', '1')

    expect(stdout).toMatch(/^row,score,stands_out\n31,/)
    expect(stderr).toBe('')
    expect(code).toBe(1)
  })

  it('is measured against labels, and cut elsewhere, when asked', async () => {
    const { stdout, stderr } = await run('score', today, '--model', 'pump@1', '--label', 'label', '--threshold', '20')

    expect(linesOf(stdout)).toHaveLength(2)
    expect(stderr).toMatch(/^knn against the 1 known anomaly: ROC-AUC 1\.0000/)
  })

  it('keeps the scale of standardized columns', async () => {
    const fitted = await run('fit', training, '--model', 'scaled', '--detector', 'hbos', '--standardize')
    const scored = await run('score', training, '--model', 'scaled', '--all')
    const detected = await nomaly(['detect', training, '--detector', 'hbos', '--standardize', '--all'])

    expect(fitted.stdout).toContain('z-score')
    expect(scored.stdout).toBe(detected.stdout)
    expect(scored.code).toBe(0)
  })

  it('says which of its columns a file lacks', async () => {
    const { code, stderr } = await run('score', write('other.csv', 'a,c\n1,2\n'), '--model', 'pump')

    expect(stderr).toMatch(/pump@1 was fitted on a, b\..*"b"/)
    expect(code).toBe(3)
  })

  it('says which of its columns are text now', async () => {
    const { code, stderr } = await run('score', write('text.csv', 'a,b\n1,x\n'), '--model', 'pump')

    expect(stderr).toMatch(/b held numbers when pump@1 was fitted, and text here/)
    expect(code).toBe(3)
  })

  it('remembers how text was encoded', async () => {
    const coloured = ['a,colour', ...good.map(([a], i) => `${a},${i % 2 === 0 ? 'red' : 'blue'}`)].join('\n')
    await run('fit', write('coloured.csv', coloured), '--model', 'ball', '--encode', 'onehot', '--detector', 'knn')
    const fresh = write('fresh.csv', 'other,colour,a\n1,blue,0\n2,green,0\n')
    const { stdout, stderr } = await run('score', fresh, '--model', 'ball', '--all', '--format', 'json')
    const [blue, green] = JSON.parse(stdout) as ReadonlyArray<{ score: number }>

    expect(stderr).toBe('')
    expect(green?.score).toBeGreaterThan(blue?.score ?? Infinity)
  })

  it('is listed, shown without what it has learned, and removed', async () => {
    for (let i = 0; i < 2; i++) await run('fit', training, '--model', 'gone', '--detector', 'hbos')
    const listed = await run('models')
    const shown = await run('models', 'show', 'gone', '--format', 'json')
    const removed = await run('models', 'remove', 'gone@1', 'nothing')
    const left = await run('models', 'list', '--format', 'json')

    expect(listed.stdout).toMatch(/^name,version,detector,.*\n(?:.*\n)*gone,1,hbos,.*\ngone,2,hbos,/)
    expect(JSON.parse(shown.stdout)).toMatchObject([{ name: 'gone', version: 2, parameters: { nBins: 10 } }])
    expect(shown.stdout).not.toContain('binScores')
    expect(removed.stdout).toBe('model,removed\ngone@1,1\nnothing,0\n')
    expect(removed.stderr).toBe("nomaly: there is no model 'nothing'\n")
    expect(removed.code).toBe(4)
    expect(
      (JSON.parse(left.stdout) as ReadonlyArray<{ name: string; version: number }>).filter(
        ({ name }) => name === 'gone',
      ),
    ).toMatchObject([{ version: 2 }])
  })

  it('that is damaged is refused with 3', async () => {
    await run('fit', training, '--model', 'damaged', '--detector', 'hbos')
    writeFileSync(join(data, 'models/damaged/1.json'), '{')
    const { code, stderr } = await run('score', today, '--model', 'damaged')
    await run('models', 'remove', 'damaged')

    expect(stderr).toMatch(/^nomaly: .*damaged/)
    expect(linesOf(stderr)).toHaveLength(1)
    expect(code).toBe(3)
  })
})
