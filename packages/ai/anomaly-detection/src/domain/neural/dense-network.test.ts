import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { standardNormal } from '../numeric/standard-normal.ts'
import { createActivations, createNetwork, feedForward, parameterCount, train } from './dense-network.ts'

const errorOf = (
  network: Parameters<typeof feedForward>[0],
  row: ReadonlyArray<number>,
  target: ReadonlyArray<number>,
) => {
  const activations = createActivations(network.sizes)
  activations[0]?.set(row)
  const out = feedForward(network, activations)
  return target.reduce((sum, value, i) => sum + (value - (out[i] ?? 0)) ** 2, 0) / target.length
}

describe('a dense network', () => {
  it('feeds forward: weights, biases, ReLU but behind the last layer', () => {
    // hidden: [1*2 + -1*1 + 1, -1*2 + 0*1 + 0] = [2, -2] -> [2, 0]; out: 3*2 + 5*0 - 10 = -4
    const network = { sizes: [2, 2, 1], weights: Float64Array.of(1, -1, -1, 0, 1, 0, 3, 5, -10) }
    expect(parameterCount(network.sizes)).toBe(9)
    const activations = createActivations(network.sizes)
    activations[0]?.set([2, 1])
    expect([...feedForward(network, activations)]).toEqual([-4])
  })

  it('steps along the gradient that differences of its error give', () => {
    const random = seededRandom(3)
    const made = createNetwork([3, 4, 2], standardNormal(random))
    const [row, target] = [
      [0.4, -1.1, 0.7],
      [0.3, -0.2],
    ]
    const before = made.weights.slice()
    const gradient = before.map((_, i) => {
      const [up, down] = [before.slice(), before.slice()]
      up[i] = (up[i] ?? 0) + 1e-6
      down[i] = (down[i] ?? 0) - 1e-6
      return (errorOf({ ...made, weights: up }, row, target) - errorOf({ ...made, weights: down }, row, target)) / 2e-6
    })
    const options = { epochs: 1, batchSize: 1, learningRate: 1e-3, weightDecay: 0 }
    train(made, Float64Array.from(row), Float64Array.from(target), options, () => Uint32Array.of(0))
    // Adam's first step is the learning rate against the sign of the gradient
    made.weights.forEach((weight, i) => {
      const g = gradient[i] ?? 0
      expect(weight - (before[i] ?? 0)).toBeCloseTo(Math.abs(g) < 1e-7 ? 0 : -1e-3 * Math.sign(g), 6)
    })
  })

  it('learns a function', () => {
    const random = seededRandom(4)
    const network = createNetwork([1, 16, 1], standardNormal(random))
    const x = Float64Array.from({ length: 64 }, (_, i) => i / 32 - 1)
    const y = x.map((value) => Math.abs(value))
    const all = Uint32Array.from(x.keys())
    train(network, x, y, { epochs: 300, batchSize: 8, learningRate: 0.01, weightDecay: 0 }, () => all)
    const mean = x.reduce((sum, value, i) => sum + errorOf(network, [value], [y[i] ?? 0]), 0) / x.length
    expect(mean).toBeLessThan(5e-3) // a constant leaves 1/12
  })
})
