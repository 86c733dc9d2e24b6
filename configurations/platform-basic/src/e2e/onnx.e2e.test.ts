import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, type Outcome, sampleRows, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const fixture = (name: string): string =>
  fileURLToPath(
    new URL(`../../../../packages/ai/anomaly-detection/src/infrastructure/onnx/__fixtures__/${name}`, import.meta.url),
  )
const rows = write('rows.csv', ['a,b', ...sampleRows().map(([a, b]) => `${a},${b}`)].join('\n'))
const data = join(folder, 'kept')
const run = (...args: ReadonlyArray<string>): Promise<Outcome> => nomaly([...args, '--data', data], { cwd: folder })

beforeAll(async () => {
  await run('fit', rows, '--model', 'pump', '--detector', 'pca', '--contamination', '0.02')
})

describe('export', () => {
  it('writes a model as an ONNX file, runs it and compares', async () => {
    const { code, stdout } = await run('export', 'pump', '--format', 'onnx', '--verify')
    const [header, line] = linesOf(stdout).map((text) => text.split(','))
    const value = (name: string): string | undefined => line?.[header?.indexOf(name) ?? -1]

    expect([value('file'), value('model'), value('detector'), value('dtype')]).toEqual([
      'pump-1.onnx',
      'pump@1',
      'pca',
      'double',
    ])
    expect(value('verified_rows')).toBe('128')
    expect(Number(value('largest_difference'))).toBeLessThanOrEqual(1e-9)
    expect(readFileSync(join(folder, 'pump-1.onnx'))).toHaveLength(Number(value('bytes')))
    expect(code).toBe(0)
  })

  it('writes single precision when asked, where asked', async () => {
    const { stdout } = await run('export', 'pump@1', '--float', '--verify', '-o', join(folder, 'float.onnx'))

    expect(stdout).toContain(',float,')
    expect(existsSync(join(folder, 'float.onnx'))).toBe(true)
  })

  it('refuses what it cannot do, with 2, and writes nothing', async () => {
    await run('fit', rows, '--model', 'lines', '--detector', 'sod')
    const times = ['t,b', ...sampleRows().map(([, b], i) => `${1_763_700_000_000 + i},${b}`)].join('\n')
    await run('fit', write('times.csv', times), '--model', 'times', '--detector', 'hbos')
    for (const [args, told] of [
      [['export', 'lines'], /a model of 'sod' cannot be written as ONNX; these can: iforest, /],
      [['export', 'times', '--float'], /'t' lies around .* export it in double precision/],
      [['export', 'nothing'], /there is no model 'nothing'; there are: .*pump@1/],
      [['export', 'pump', '--format', 'pmml'], /'pmml'.*onnx/],
    ] as const) {
      const { code, stderr, stdout } = await run(...args)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(told)
    }
    expect(existsSync(join(folder, 'lines-1.onnx'))).toBe(false)
  })
})

describe('import', () => {
  it('keeps what export wrote, and score finds the same with it', async () => {
    const imported = await run('import', join(folder, 'pump-1.onnx'), '--model', 'twin')
    const [own, twin] = [await run('score', rows, '--model', 'pump'), await run('score', rows, '--model', 'twin')]

    expect(imported.code).toBe(0)
    expect(linesOf(twin.stdout)).toHaveLength(linesOf(own.stdout).length)
    expect(twin.stdout).toMatch(/^row,score,stands_out\n31,/)
  })

  it('takes a model from scikit-learn once it knows how', async () => {
    const file = fixture('sklearn-isolation-forest.onnx')
    const columns = 'temperature,humidity,pressure,wind'
    const weather = write(
      'weather.csv',
      [columns, ...Array.from({ length: 50 }, (_, i) => `${i === 9 ? 90 : 20},45,1013,0.${i % 7}`)].join('\n'),
    )
    const flags = [
      '--score-output',
      'score_samples',
      '--direction',
      'lower',
      '--rows',
      weather,
      '--contamination',
      '0.02',
    ]
    const [vague, imported] = [
      await run('import', file, '--model', 'sk'),
      await run('import', file, '--model', 'sk', ...flags),
    ]
    const scored = await run('score', weather, '--model', 'sk')

    expect(vague.stderr).toMatch(/several of its outputs may be the score.*\(--score-output, /)
    expect(vague.code).toBe(2)
    expect(imported.stdout).toContain('"[""temperature"",""humidity"",""pressure"",""wind""]"')
    expect(scored.stdout).toMatch(/^row,score,stands_out\n10,/)
    expect(linesOf(scored.stdout)).toHaveLength(2)
  })

  it('says what is wrong with a file, a flag or a width', async () => {
    const model = fixture('pytorch-auto-encoder.onnx')
    const short = join(folder, 'short.onnx')
    writeFileSync(short, readFileSync(model).subarray(0, 900))
    for (const [args, code, told] of [
      [[rows], 3, /rows\.csv: this is no ONNX model, or a damaged one/],
      [[short], 3, /short\.onnx: this is no ONNX model, or a damaged one/],
      [[join(folder, 'missing.onnx')], 3, /missing\.onnx cannot be read: ENOENT/],
      [[model], 2, /is a higher 'reconstruction' more anomalous.*--direction/],
      [[model, '--score-kind', 'reconstruction'], 2, /give a threshold, or rows to take it from.*--threshold/],
      [[model, '--score-kind', 'reconstruction', '--features', 'a,b'], 2, /takes 6 columns, and 2 are given: a, b/],
      [[model, '--input', 'X'], 2, /Give input=feature,feature/],
    ] as const) {
      const outcome = await run('import', ...args, '--model', 'bad')
      expect([outcome.stderr, outcome.code]).toEqual([expect.stringMatching(told), code])
      expect(linesOf(outcome.stderr)).toHaveLength(1)
    }
  })
})

it('doctor tells whether ONNX models can be run', async () => {
  const { stdout } = await run('doctor', '--format', 'csv')

  expect(stdout).toMatch(/^onnxruntime-node,on,1\.\d+\.\d+ runs ONNX models,$/m)
})
