import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { nomaly, type Outcome, sampleCsv, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)
const file = write('data.csv', sampleCsv())

/** Fits in a folder that holds the given configuration file, and tells which detector was used. */
async function fitIn(
  name: string,
  config: { readonly file: string; readonly text: string },
  args: ReadonlyArray<string> = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome & { readonly cwd: string }> {
  const cwd = join(folder, name)
  mkdirSync(cwd)
  writeFileSync(join(cwd, config.file), config.text)
  return { cwd, ...(await nomaly(['fit', file, '--model', 'm', ...args], { cwd, env })) }
}

const json = { file: 'nomaly.config.json', text: JSON.stringify({ detector: 'hbos', format: 'jsonl', data: 'here' }) }

describe('settings', () => {
  it('come from the file, its folder being where a relative data folder lies', async () => {
    const { cwd, stdout } = await fitIn('file', json)

    expect(JSON.parse(stdout)).toMatchObject({ detector: 'hbos' })
    expect(existsSync(join(cwd, 'here/models/m/1.json'))).toBe(true)
  })

  it('come from a TypeScript file', async () => {
    const text = 'const seed: number = 3\nexport default { seed, format: "jsonl" }\n'
    const { stdout } = await fitIn('typescript', { file: 'nomaly.config.ts', text })

    expect(JSON.parse(stdout)).toMatchObject({ detector: 'iforest', seed: 3 })
  })

  it('come from the environment before the file', async () => {
    const env = { NOMALY_DETECTOR: 'ecod', NOMALY_DATA: 'there' }
    const { cwd, stdout } = await fitIn('environment', json, [], env)

    expect(JSON.parse(stdout)).toMatchObject({ detector: 'ecod' })
    expect(existsSync(join(cwd, 'there/models/m/1.json'))).toBe(true)
    expect(existsSync(join(cwd, 'here'))).toBe(false)
  })

  it('come from flags before all', async () => {
    const env = { NOMALY_DETECTOR: 'ecod', NOMALY_DATA: 'there' }
    const { cwd, stdout } = await fitIn('flags', json, ['--detector', 'knn', '--data', 'flagged'], env)

    expect(JSON.parse(stdout)).toMatchObject({ detector: 'knn' })
    expect(existsSync(join(cwd, 'flagged/models/m/1.json'))).toBe(true)
  })

  it('are ./nomaly-data and iforest where nothing says otherwise', async () => {
    const { cwd, stdout } = await fitIn('defaults', { file: 'nothing', text: '' })

    expect(stdout).toMatch(/\nm,1,iforest,/)
    expect(existsSync(join(cwd, 'nomaly-data/models/m/1.json'))).toBe(true)
  })

  it.each([
    [
      'an unknown key',
      { detectr: 'knn' },
      /nomaly\.config\.json: there is no setting 'detectr'; there are: data, detector/,
    ],
    ['a wrong value', { contamination: 0.9 }, /nomaly\.config\.json: contamination: /],
  ])('are refused with %s', async (name, config, message) => {
    const { code, stderr } = await fitIn(name, { file: 'nomaly.config.json', text: JSON.stringify(config) })

    expect(stderr).toMatch(message)
    expect(code).toBe(2)
  })

  it('are refused with a wrong variable', async () => {
    const { code, stderr } = await nomaly(['detect', file], { env: { NOMALY_SEED: 'lucky' } })

    expect(stderr).toMatch(/environment: NOMALY_SEED: /)
    expect(code).toBe(2)
  })

  it('leave a cut by flag alone', async () => {
    const cwd = join(folder, 'cut')
    mkdirSync(cwd)
    writeFileSync(join(cwd, 'nomaly.config.json'), '{"contamination":0.2}')
    const { code, stderr } = await nomaly(['detect', file, '--threshold', 'mad'], { cwd })

    expect(stderr).toBe('')
    expect(code).toBe(0)
  })
})
