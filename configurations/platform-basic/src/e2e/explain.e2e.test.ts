import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, sampleCsv, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)
const file = write('data.csv', sampleCsv())
const COLUMNS = ['--columns', 'a,b']

describe('nomaly explain', () => {
  it('prints a bar a feature and says how they add up', async () => {
    const { code, stdout, stderr } = await nomaly(['explain', file, ...COLUMNS, '--row', '31', '--format', 'table'])

    const [header, ...lines] = linesOf(stdout)
    expect(header).toMatch(/^feature +value +contribution/)
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line).toMatch(/^[ab] +-?40\.000 +\d\.\d+ +█+/)
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(/^row 31 scores 0\.\d+ by iforest: an anomaly, above 0\.\d+$/),
      expect.stringMatching(/^tree-shap: minus the mean path length/),
      expect.stringMatching(/^(normal with [ab] at|no change of a single feature)/),
    ])
    expect(code).toBe(0)
  })

  it('is the same on any number of threads, and JSON in a pipe adds up', async () => {
    const args = ['explain', file, ...COLUMNS, '--detector', 'knn', '--top', '2', '--format', 'json']
    const [one, two] = await Promise.all([nomaly([...args, '--threads', '1']), nomaly([...args, '--threads', '2'])])

    expect(two.stdout).toBe(one.stdout)
    const explained = JSON.parse(one.stdout) as ReadonlyArray<Explained>
    expect(explained).toHaveLength(2)
    expect(explained[0]).toMatchObject({ row: 31, method: 'kernel-shap', counterfactual: { outcome: 'none' } })
    for (const { base_value, output_value, contributions } of explained) {
      const sum = contributions.reduce((total, { contribution }) => total + contribution, base_value)
      expect(Math.abs(sum - output_value)).toBeLessThan(1e-9)
    }
  })

  it('explains with a kept model, rows of another file against those of the first', async () => {
    const data = ['--data', folder]
    await nomaly(['fit', file, ...COLUMNS, '--model', 'm', '--detector', 'gmm', ...data])
    const odd = write('odd.csv', 'b,a\n0.5,30\n')
    const args = ['explain', odd, '--model', 'm', '--row', '1', ...data]
    const refused = await nomaly(args)
    expect(refused.stderr).toMatch(/^nomaly: .*odd\.csv: Kernel SHAP needs at least 10 rows .*--background FILE/)
    expect(refused.code).toBe(3)

    const { code, stdout } = await nomaly([...args, '--background', file, '--format', 'csv'])
    expect(linesOf(stdout)[1]).toMatch(/^1,[\d.]+,kernel-shap,score,[\d.-]+,a,30,/)
    expect(code).toBe(0)
  })

  it.each([
    [['--row', '61'], /there is no row 61; rows are numbered from 1 to 60/],
    [['--method', 'shap'], /Allowed choices are auto, tree-shap/],
    [['--method', 'contributions'], /not iforest; for iforest there are: tree-shap, kernel-shap, lime, permutation/],
  ])('ends with 2 for %j', async (flags, message) => {
    const { code, stdout, stderr } = await nomaly(['explain', file, ...COLUMNS, ...flags])

    expect(stdout).toBe('')
    expect(linesOf(stderr)).toEqual([expect.stringMatching(message)])
    expect(code).toBe(2)
  })

  it('gives detect the reasons of the rows it prints', async () => {
    const { stdout } = await nomaly(['detect', file, ...COLUMNS, '--top', '1', '--explain', '--format', 'jsonl'])
    expect(JSON.parse(stdout)).toMatchObject({ row: 31, explanation: { row: 31, kind: 'attribution' } })
  })
})

interface Explained {
  readonly base_value: number
  readonly output_value: number
  readonly contributions: ReadonlyArray<{ readonly contribution: number }>
}
