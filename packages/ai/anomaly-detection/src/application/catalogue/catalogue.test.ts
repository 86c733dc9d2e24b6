import { describe, expect, it } from 'vitest'

import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { decodeState, encodeState } from '../model-json.ts'
import { configureDetector, describeDetectors, detectorIds, detectorsFor } from './catalogue.ts'

const random = seededRandom(9)
const x = { data: Float64Array.from({ length: 300 }, () => random() - 0.5), rows: 100, columns: 3 }

describe('the catalogue', () => {
  it('describes every detector with a JSON Schema of its parameters, ranges and defaults', () => {
    const descriptions = describeDetectors()
    expect(descriptions.map(({ id }) => id)).toEqual(detectorIds)
    const iforest = descriptions.find(({ id }) => id === 'iforest')
    expect(iforest?.parameters).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: {
        nEstimators: { type: 'integer', minimum: 1, default: 100 },
        maxFeatures: { exclusiveMinimum: 0, maximum: 1 },
      },
    })
  })

  it('offers a large data set only what does not take minutes', () => {
    expect(detectorsFor(50_000)).toEqual(detectorIds)
    expect(detectorIds.filter((id) => !detectorsFor(50_001).includes(id))).toEqual(['kde', 'ocsvm'])
  })

  it.each(detectorIds)('%s: fills in its defaults', (id) => {
    const defaults = Object.fromEntries(
      Object.entries(describeDetectors().find((one) => one.id === id)?.parameters['properties'] ?? {}).map(
        ([name, schema]) => [name, (schema as { default: unknown }).default],
      ),
    )
    expect(configureDetector(id).parameters).toEqual(defaults)
  })

  it.each(detectorIds)('%s: a state that went through JSON scores bit for bit the same', (id) => {
    const detector = configureDetector(id)
    const fitted = detector.fit(x, { seed: 4 })
    const restored = detector.restore(decodeState(JSON.parse(JSON.stringify(encodeState(fitted.state)))))
    expect(restored.score(x)).toEqual(fitted.score(x))
    expect(restored.columns).toBe(3)
  })

  it.each(detectorIds)('%s: the same seed gives the same scores, and new rows of another width are refused', (id) => {
    const fit = () => configureDetector(id).fit(x, { seed: 4 })
    expect(fit().trainingScores()).toEqual(fit().trainingScores())
    expect(() => fit().score({ data: new Float64Array(4), rows: 2, columns: 2 })).toThrow(/3 columns are needed/)
  })

  it.each([
    [
      'an unknown detector',
      () => configureDetector('iforst'),
      'unknown-detector',
      /there is no detector 'iforst'; there are: iforest, ecod/,
    ],
    [
      'a parameter out of range',
      () => configureDetector('iforest', { nEstimators: 0 }),
      'invalid-parameters',
      /nEstimators/,
    ],
    ['an unknown parameter', () => configureDetector('hbos', { bins: 3 }), 'invalid-parameters', /bins/],
    ['a negative seed', () => configureDetector('ecod').fit(x, { seed: -1 }), 'invalid-options', /seed is -1/],
    [
      'no rows',
      () => configureDetector('ecod').fit({ data: new Float64Array(), rows: 0, columns: 2 }),
      'empty-dataset',
      /no row/,
    ],
    [
      'NaN',
      () => configureDetector('ecod').fit({ data: Float64Array.of(1, Number.NaN), rows: 2, columns: 1 }),
      'non-finite',
      /row 1, column 0 is NaN/,
    ],
    [
      'a shape that its data do not have',
      () => configureDetector('ecod').fit({ data: new Float64Array(3), rows: 2, columns: 2 }),
      'shape-mismatch',
      /3 values/,
    ],
    [
      'a state of another detector',
      () => configureDetector('ecod').restore({ columns: 2 }),
      'corrupt-model',
      /stored state of ecod/,
    ],
  ])('refuses %s', (_, work, code, message) => {
    expect(work).toThrow(message)
    expect(work).toThrow(expect.objectContaining({ code: `anomaly-detection/${code}` }))
  })

  it('refuses an isolation forest whose nodes point astray', () => {
    const detector = configureDetector('iforest', { nEstimators: 1 })
    const state = detector.fit(x).state as { left: Int32Array }
    const edited = { ...state, left: state.left.map((child) => (child === -1 ? -1 : 0)) }
    expect(() => detector.restore(edited)).toThrow(/do not fit together/)
  })
})
