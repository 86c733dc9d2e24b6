import { readFileSync } from 'node:fs'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, sampleCsv, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)
const file = write('data.csv', sampleCsv())

describe('wrong usage ends with 2, one line on stderr, and what would be right', () => {
  it.each([
    [['dtect', file], /unknown command 'dtect' \(did you mean detect\?\)/],
    [['detect', file, '--colums', 'a'], /unknown option '--colums' \(did you mean --columns\?\)/],
    [['detect', file, '--detector', 'iforst'], /there is no detector 'iforst'; there are: iforest, /],
    [['detect', file, '--columns', 'a,x'], /"x".*"a", "b"/],
    [['detect', file, '--param', 'nEstimators=0'], /parameters of iforest: nEstimators/],
    [['detect', file, '--detector', 'knn', '--param', 'nNeighbors=60'], /nNeighbors is 60, .*60 rows: .*from 1 to 59/],
    [['detect', file, '--detector', 'knn,ecod', '--combine', 'stack'], /name the column that tells it with --label/],
    [['detect', file, '--confidence', '--threshold', 'mad'], /give --contamination instead/],
    [['detect', file, '--param', 'trees=10'], /parameters of iforest: .*trees/],
    [['detect', file, '--contamination', '0.7'], /above 0 and at most 0\.5/],
    [['detect', file, '--contamination', '0.1', '--threshold', 'mad'], /contamination or a threshold/],
    [['detect', file, '--threshold', 'madness'], /mad:3\.5/],
    [['detect', file, '--fail-on', '0'], /from 1/],
    [['detect', file, '--all', '--top', '3'], /cannot be used with option/],
    [['detect', file, '--threads', '0'], /whole number from 1 to 128/],
    [['detect', file, '--threads', '-1'], /whole number from 1 to 128/],
    [['detect', file, '--threads', '1.5'], /whole number from 1 to 128/],
    [['detect', file, '--threads', '129'], /whole number from 1 to 128/],
    [['detect', file, '--format', 'xml'], /table, csv, json, jsonl/],
    [['detect'], /missing required argument 'file'/],
    [['evaluate', file], /required option '--label <column>'/],
    [['fit', file, '--model', '../x'], /cannot name a model/],
    [['score', file, '--model', 'none'], /there is no model 'none'/],
    [['models', 'remove', 'none'], /there is no model 'none'/],
    [['detect', `${folder}/data.xyz`], /data\.xyz/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await nomaly([...args, '--data', folder])

    expect(stdout).toBe('')
    expect(linesOf(stderr)).toHaveLength(1)
    expect(stderr).toMatch(/^nomaly: /)
    expect(stderr).toMatch(message)
    expect(code).toBe(args.at(-1)?.endsWith('.xyz') === true ? 3 : 2)
  })

  it('shows a stack with NOMALY_DEBUG=1 only', async () => {
    const { stderr } = await nomaly(['detect', `${folder}/none.csv`], { env: { NOMALY_DEBUG: '1' } })

    expect(stderr).toMatch(/\n {4}at /)
  })

  it('shows the help on stderr where there is no command', async () => {
    const { code, stdout, stderr } = await nomaly([])

    expect(stdout).toBe('')
    expect(stderr).toMatch(/^Usage: nomaly/)
    expect(code).toBe(2)
  })
})

describe('answers', () => {
  it.each([[['--help']], [['detect', '--help']], [['help', 'models']], [['models', 'show', '--help']]])(
    '%j on stdout',
    async (args) => {
      const { code, stdout, stderr } = await nomaly(args)

      expect(stdout).toMatch(/^Usage: nomaly/)
      expect(stderr).toBe('')
      expect(code).toBe(0)
    },
  )

  it('--version', async () => {
    const manifest: { version: string } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    )

    expect((await nomaly(['--version'])).stdout).toBe(`${manifest.version}\n`)
  })

  it('detectors, with parameters, ranges and cost', async () => {
    const { stdout } = await nomaly(['detectors', 'hbos', '--format', 'json'])

    expect(JSON.parse(stdout)).toMatchObject([
      { detector: 'hbos', random: 'no', fitCost: 'd * n', parameters: { nBins: { default: 10, minimum: 2 } } },
    ])
  })

  it('doctor, with versions and why a part is off', async () => {
    const { code, stdout } = await nomaly(['doctor', '--data', folder, '--format', 'json'])
    const parts = new Map(
      (JSON.parse(stdout) as ReadonlyArray<{ part: string; state: string; detail: string }>).map((one) => [
        one.part,
        one,
      ]),
    )

    expect(parts.get('node')).toMatchObject({ state: 'on', detail: process.versions.node })
    expect(parts.get('data folder')).toMatchObject({ state: 'on', detail: folder })
    expect(parts.get('WebAssembly')?.state).toBe('on')
    expect(parts.get('@nomaly/ai-anomaly-detection')?.detail).toMatch(/^\d+\.\d+\.\d+/)
    expect(code).toBe(0)
  })

  it('doctor says what fails, and ends with 2', async () => {
    const { code, stdout } = await nomaly(['doctor', '--data', file])

    expect(stdout).toMatch(/data folder,failed,.*is no folder,.*NOMALY_DATA/)
    expect(code).toBe(2)
  })
})
