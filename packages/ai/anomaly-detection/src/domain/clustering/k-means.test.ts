import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Matrix } from '../matrix.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { Grouping } from './grouping.ts'
import { kMeans } from './k-means.ts'
import { nearestCenters } from './nearest-centers.ts'
import { squaredDistance } from './squared-distance.ts'

const context = (seed = 1) => ({ random: seededRandom(seed) })
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })
const cloud = (rows: number, columns: number, seed: number) => {
  const random = seededRandom(seed)
  return { data: Float64Array.from({ length: rows * columns }, () => random() + random() ** 3), rows, columns }
}

afterEach(() => vi.unstubAllGlobals())

describe('kMeans', () => {
  it('finds the groups, their means and the squared distances to them', () => {
    // 0 1 2 around 1: 1 + 0 + 1; 10 12 around 11: 1 + 1; 50 by itself
    const { centers, labels, inertia } = kMeans(column(0, 10, 1, 50, 12, 2), 3, 10, context())
    expect([...centers].sort((a, b) => a - b)).toEqual([1, 11, 50])
    expect(inertia).toBe(4)
    expect(labels[0]).toBe(labels[2])
    expect(labels[1]).toBe(labels[4])
  })

  it.each([1, 3, 8, 11])('finds the same %d clusters without WebAssembly, to the last bit', (k) => {
    const x = cloud(1000, 5, k)
    const found = kMeans(x, k, 3, context())
    vi.stubGlobal('WebAssembly', undefined)
    expect(kMeans(x, k, 3, context())).toEqual(found)
  })

  it('makes do with fewer distinct rows than clusters', () => {
    const { centers, inertia } = kMeans(column(3, 3, 3, 5), 4, 3, context())
    expect(inertia).toBe(0)
    expect(new Set(centers)).toEqual(new Set([3, 5]))
  })

  it('begins a clustering of many rows with that of a sample', () => {
    const x = cloud(20_000, 2, 4)
    const { inertia } = kMeans(x, 3, 4, context())
    const whole = kMeans(x, 3, 1, context(2))
    expect(inertia / whole.inertia).toBeLessThan(1.02)
  })
})

describe('Grouping', () => {
  // Lloyd's iterations with nothing left out.
  const lloyd = (x: Matrix, centers: Float64Array, iterations: number): Float64Array => {
    for (let iteration = 0; iteration < iterations; iteration++) {
      const { labels } = nearestCenters(x, centers)
      const k = centers.length / x.columns
      centers = centers.map((_, at) => {
        const [center, feature] = [Math.floor(at / x.columns), at % x.columns]
        const own = [...labels.keys()].filter((row) => labels[row] === center)
        return own.reduce((sum, row) => sum + (x.data[row * x.columns + feature] ?? 0), 0) / own.length
      })
      expect(k).toBe(7)
    }
    return centers
  }

  it('takes the same way as iterations that measure every row', () => {
    const x = cloud(300, 3, 5)
    const start = x.data.slice(0, 21)
    const grouping = new Grouping(x, start.slice())
    for (let iteration = 0; iteration < 9; iteration++) {
      grouping.moveCenters()
      grouping.assign()
    }
    const expected = lloyd(x, start, 9)
    grouping.centers.forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? 0, 12))
  })

  it('gives a cluster without rows the row farthest from its center', () => {
    const grouping = new Grouping(column(0, 1, 9), Float64Array.of(0, 100))
    grouping.moveCenters()
    expect([...grouping.centers]).toEqual([0.5, 9])
    expect(grouping.assign()).toBe(false)
  })
})

describe('nearestCenters', () => {
  it.each([1, 7, 8, 9, 30])('agrees with the obvious search among %d centers', (k) => {
    const x = cloud(100, 4, k)
    const centers = cloud(k, 4, k + 1).data
    const { labels, squares } = nearestCenters(x, centers)
    for (let row = 0; row < 100; row++) {
      const all = Array.from({ length: k }, (_, center) => squaredDistance(x.data, row * 4, centers, center * 4, 4))
      expect(squares[row]).toBe(Math.min(...all))
      expect(labels[row]).toBe(all.indexOf(Math.min(...all)))
    }
  })
})
