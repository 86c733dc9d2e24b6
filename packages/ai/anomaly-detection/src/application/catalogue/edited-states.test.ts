import { describe, expect, it } from 'vitest'

import { configureDetector } from './catalogue.ts'

const x = { data: Float64Array.from({ length: 120 }, (_, at) => Math.sin(at * at)), rows: 40, columns: 3 }

type State = Readonly<Record<string, unknown>>
const first = (state: State, name: string, value: number): State => {
  const list = (state[name] as Float64Array | Int32Array).slice() // each case below names an array
  list[0] = value
  return { ...state, [name]: list }
}
const shorter = (state: State, name: string): State => ({ ...state, [name]: (state[name] as Float64Array).slice(1) })

describe('a stored state that was edited', () => {
  it.each<readonly [string, string, (state: State) => State]>([
    ['abod', 'lacks a value', (state) => shorter(state, 'data')],
    ['abod', 'asks for more neighbours than rows', (state) => ({ ...state, nNeighbors: 41 })],
    ['cof', 'lacks a chain', (state) => shorter(state, 'chains')],
    ['cof', 'has a chain of negative length', (state) => first(state, 'chains', -1)],
    ['sod', 'names a row that is not there', (state) => first(state, 'indices', 40)],
    ['sod', 'asks for more reference rows than neighbours', (state) => ({ ...state, refSet: 21 })],
    ['ocsvm', 'lacks a coefficient', (state) => shorter(state, 'coefficients')],
    [
      'ocsvm',
      'has no support vector',
      (state) => ({ ...state, coefficients: new Float64Array(), vectors: new Float64Array() }),
    ],
    ['eif', 'splits on a feature that is not there', (state) => first(state, 'features', 3)],
    ['eif', 'walks in a circle', (state) => first(state, 'left', 0)],
    ['eif', 'makes a split that is not there', (state) => first(state, 'splits', 1e6)],
    ['feature_bagging', 'takes a feature that is not there', (state) => first(state, 'features', -1)],
    ['feature_bagging', 'has a subset that starts amiss', (state) => first(state, 'starts', 1)],
    ['mad', 'has a scale that is no number', (state) => first(state, 'scales', Number.NaN)],
    ['iqr', 'lacks a quartile', (state) => shorter(state, 'lows')],
    ['grubbs', 'lacks a factor', (state) => shorter(state, 'factors')],
    ['gesd', 'has an infinite mean', (state) => first(state, 'lows', Infinity)],
    ['dixon', 'is out of order', (state) => first(state, 'sorted', 99)],
  ])('%s: is refused where it %s', (id, _, edit) => {
    const detector = configureDetector(id)
    const state = detector.fit(x).state as State // every state is an object
    expect(detector.restore(state).columns).toBe(3)
    expect(() => detector.restore(edit(state))).toThrow(
      expect.objectContaining({ code: 'anomaly-detection/corrupt-model' }),
    )
  })
})

describe('a parameter out of range', () => {
  it.each([
    ['abod', { nNeighbors: 1 }, /nNeighbors/],
    ['cof', { nNeighbors: 0 }, /nNeighbors/],
    ['sod', { nNeighbors: 5, refSet: 6 }, /refSet must be at most nNeighbors/],
    ['sod', { alpha: 1 }, /alpha/],
    ['ocsvm', { nu: 0 }, /nu/],
    ['ocsvm', { nu: 1.1 }, /nu/],
    ['ocsvm', { gamma: -1 }, /gamma/],
    ['ocsvm', { kernel: 'cosine' }, /kernel/],
    ['ocsvm', { degree: 0 }, /degree/],
    ['eif', { extensionLevel: -1 }, /extensionLevel/],
    ['eif', { maxSamples: 1.5 }, /maxSamples/],
    ['feature_bagging', { maxFeatures: 0.4 }, /maxFeatures/],
    ['feature_bagging', { combination: 'median' }, /combination/],
    ['gesd', { maxOutliers: 0.6 }, /maxOutliers/],
    ['mad', { threshold: 3.5 }, /threshold/],
  ])('%s: %j is refused by name', (id, parameters, message) => {
    const configure = () => configureDetector(id, parameters)
    expect(configure).toThrow(message)
    expect(configure).toThrow(expect.objectContaining({ code: 'anomaly-detection/invalid-parameters' }))
  })
})
