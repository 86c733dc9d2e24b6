import { describe, expect, it } from 'vitest'

import { readOnnxSummary } from '../../domain/onnx/read-model.ts'
import { configureDetector, detectorIds } from '../catalogue/catalogue.ts'
import { exportOnnx, type OnnxSource, proofOf } from './export-onnx.ts'
import { parseMetadataProps } from './onnx-metadata.ts'
import { onnxDetectorIds } from './recipes.ts'

const rows = 120
const plain = Float64Array.from({ length: rows * 2 }, (_, i) => Math.sin(i * 1.7) * (i % 2 === 0 ? 3 : 0.5))

function source(detector: string, data = plain, parameters: object = {}): OnnxSource {
  const fitted = configureDetector(detector, parameters).fit({ data, rows: data.length / 2, columns: 2 }, { seed: 1 })
  return {
    algorithm: detector,
    parameters: fitted.parameters,
    features: ['a', 'time'],
    threshold: 0.5,
    state: fitted.state,
  }
}

const refused = (code: string, message: RegExp): unknown =>
  expect.objectContaining({ code: `anomaly-detection/${code}`, message: expect.stringMatching(message) })

describe('exportOnnx', () => {
  it('tells the detectors whose scores it can express', async () => {
    const others = detectorIds.filter((id) => !onnxDetectorIds.includes(id))

    expect(onnxDetectorIds).toHaveLength(15)
    for (const id of others.slice(0, 3)) {
      await expect(exportOnnx(source(id))).rejects.toThrow(
        refused('onnx-not-expressible', new RegExp(`'${id}' cannot be written as ONNX; these can: iforest, eif`)),
      )
    }
    await expect(exportOnnx({ ...source('knn'), algorithm: 'ensemble' })).rejects.toThrow(
      refused('onnx-not-expressible', /./),
    )
  })

  it('writes down what the file is, and rows to test it on', async () => {
    const model = { ...source('iforest'), trainingHash: 'abc' }
    const { inputs, outputs, metadata, opsets } = readOnnxSummary(await exportOnnx(model))
    const described = parseMetadataProps(metadata)

    expect(inputs).toEqual([{ name: 'rows', type: 'double', dims: ['n', 2] }])
    expect(outputs).toEqual([
      { name: 'score', type: 'double', dims: ['n'] },
      { name: 'label', type: 'int64', dims: ['n'] },
    ])
    expect(Object.fromEntries(opsets)).toEqual({ '': 17, 'ai.onnx.ml': 5 })
    expect(described).toMatchObject({
      detector: 'iforest',
      dtype: 'double',
      threshold: 0.5,
      features: ['a', 'time'],
      trainingHash: 'abc',
      modelHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const { data, columns } = { data: Float64Array.from(described?.selfTest.rows.flat() ?? []), columns: 2 }
    const fitted = configureDetector('iforest').restore(model.state)
    expect([...fitted.score({ data, rows: data.length / 2, columns })]).toEqual(described?.selfTest.scores)
  })

  it('takes operators that older runtimes have where single precision is asked for', async () => {
    const { inputs, outputs, opsets, operators } = readOnnxSummary(await exportOnnx(source('iforest'), { float: true }))

    expect([inputs[0]?.type, outputs[0]?.type]).toEqual(['float', 'float'])
    expect(Object.fromEntries(opsets)).toEqual({ '': 17, 'ai.onnx.ml': 3 })
    expect(operators).toContain('ai.onnx.ml.TreeEnsembleRegressor')
  })

  it.each(onnxDetectorIds)('gives the same file of %s for the same model', async (id) => {
    const [once, again] = [await exportOnnx(source(id)), await exportOnnx(source(id))]

    expect(once).toEqual(again)
  })

  it.each(onnxDetectorIds)('tests %s on rows near those that it has learned from', (id) => {
    const shifted = plain.map((value, i) => (i % 2 === 0 ? value + 5000 : value))
    const { rows: proof } = proofOf(source(id, shifted, id === 'ocsvm' ? { nu: 0.9 } : {}), false)
    const first = proof.data.filter((_, i) => i % 2 === 0)

    expect(Math.min(...first)).toBeGreaterThan(4970)
    expect(Math.max(...first)).toBeLessThan(5030)
  })

  it.each(onnxDetectorIds)('refuses %s in single precision where that cannot hold a column', async (id) => {
    const times = plain.map((value, i) => (i % 2 === 0 ? value : 1_763_700_000_000 + Math.round(value * 1000)))

    await expect(exportOnnx(source(id, times), { float: true })).rejects.toThrow(
      refused(
        'onnx-float-refused',
        /'time' lies around 1760000000000 with a spread of .*export it in double precision/,
      ),
    )
    await expect(exportOnnx(source(id, times))).resolves.toBeInstanceOf(Uint8Array)
  })

  it('refuses single precision where values that differ would become one', async () => {
    const close = plain.map((value, i) => (i === 0 ? 0.5 : i === 2 ? 0.5 + 2 ** -40 : value))

    for (const id of ['ecod', 'copod']) {
      await expect(exportOnnx(source(id, close), { float: true })).rejects.toThrow(
        refused('onnx-float-refused', /training values that it ranks among lie too close together/),
      )
    }
  })

  it('takes a column that does not vary where rounding its value moves no score, and refuses it else', async () => {
    const still = (value: number): typeof plain => plain.map((own, i) => (i % 2 === 0 ? own : value))

    for (const id of ['knn', 'ecod', 'lof', 'ocsvm']) {
      await expect(exportOnnx(source(id, still(0.1)), { float: true })).resolves.toBeInstanceOf(Uint8Array)
    }
    await expect(exportOnnx(source('knn', still(1e8 + 0.3)), { float: true })).rejects.toThrow(
      refused('onnx-float-refused', /'time' lies around 100000000 with a spread of 0/),
    )
  })

  it('refuses bins without room for rounding around them', async () => {
    await expect(exportOnnx(source('hbos', plain, { tol: 0 }), { float: true })).rejects.toThrow(
      refused('onnx-float-refused', /would fall out of their bins, as tol is that small/),
    )
  })

  it('refuses ranks among standardized rows in single precision', async () => {
    const normalization = { method: 'z-score' as const, center: [0, 0], scale: [1, 1] }

    await expect(exportOnnx({ ...source('ecod'), normalization }, { float: true })).rejects.toThrow(
      refused('onnx-float-refused', /training rows were standardized/),
    )
  })

  it('refuses a model whose names do not fit its columns', async () => {
    await expect(exportOnnx({ ...source('knn'), features: ['a'] })).rejects.toThrow(
      refused('corrupt-model', /names 1 features and has learned from 2 columns/),
    )
  })
})
