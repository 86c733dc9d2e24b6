import { describe, expect, it } from 'vitest'

import { gaussLegendre } from './gauss-legendre.ts'

describe('gaussLegendre', () => {
  it('has its two nodes at 1/2 -+ 1/(2 sqrt 3), by hand', () => {
    const { nodes, weights } = gaussLegendre(2)
    expect(nodes[0]).toBeCloseTo(0.5 - 0.5 / Math.sqrt(3), 14)
    expect(nodes[1]).toBeCloseTo(0.5 + 0.5 / Math.sqrt(3), 14)
    expect([...weights]).toEqual([expect.closeTo(0.5, 14), expect.closeTo(0.5, 14)])
  })

  it('integrates powers up to 2n - 1 without error', () => {
    for (const n of [1, 2, 3, 8, 20]) {
      const { nodes, weights } = gaussLegendre(n)
      for (let power = 0; power < 2 * n; power++) {
        const sum = nodes.reduce((total, node, i) => total + (weights[i] ?? 0) * node ** power, 0)
        expect(sum).toBeCloseTo(1 / (power + 1), 13)
      }
    }
  })
})
