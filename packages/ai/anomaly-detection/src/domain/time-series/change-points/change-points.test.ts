import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../../numeric/seeded-random.ts'
import { standardNormal } from '../../numeric/standard-normal.ts'
import golden from './__fixtures__/ruptures.json' with { type: 'json' }
import { BayesianChangePoints } from './bayesian-change-points.ts'
import { binarySegmentation } from './binary-segmentation.ts'
import { changePoints } from './change-points.ts'
import { pelt } from './pelt.ts'
import { type SegmentCost, segmentCost, type ChangeKind } from './segment-cost.ts'

const series: Readonly<Record<string, ReadonlyArray<number>>> = golden.series

function total(cost: SegmentCost, starts: ReadonlyArray<number>, penalty: number): number {
  const edges = [0, ...starts, cost.points]
  return edges.slice(1).reduce((sum, to, at) => sum + cost.of(edges[at] ?? 0, to), penalty * starts.length)
}

/** Every way to cut, by the definition. */
function cheapest(cost: SegmentCost, least: number, penalty: number, from = 0): number {
  let best = cost.points - from >= least ? cost.of(from, cost.points) : Infinity
  for (let at = from + least; at <= cost.points - least; at++) {
    best = Math.min(best, cost.of(from, at) + penalty + cheapest(cost, least, penalty, at))
  }
  return best
}

describe('change points', () => {
  it.each(golden.cases)('as ruptures finds them: $series, $kind, penalty $penalty, pieces of $least', (one) => {
    const cost = segmentCost(Float64Array.from(series[one.series] ?? []), one.kind as ChangeKind)
    const found = Array.from(pelt(cost, one.least, one.penalty))
    const ours = total(cost, found, one.penalty)

    // ruptures drops candidates too early where pieces have a least length: ours may cost less
    if (found.join(' ') !== one.pelt.join(' ')) expect(ours).toBeLessThan(total(cost, one.pelt, one.penalty))
    expect(Array.from(binarySegmentation(cost, one.least, one.penalty))).toEqual(one.binary)
  })

  it('cost the least of all ways to cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        fc.double({ min: 0.1, max: 8, noNaN: true }),
        (values, least, penalty) => {
          const cost = segmentCost(Float64Array.from(values), 'mean')
          const found = Array.from(pelt(cost, least, penalty))
          expect(total(cost, found, penalty)).toBeCloseTo(cheapest(cost, least, penalty), 9)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are found with the price by default, and none in noise', () => {
    const normal = standardNormal(seededRandom(4))
    const noise = Float64Array.from({ length: 2000 }, normal)
    const shifted = noise.map((value, t) => 100 * (value + (t >= 700 && t < 1200 ? 3 : 0)))

    for (const method of ['pelt', 'binary'] as const) {
      for (const kind of ['mean', 'mean-and-variance'] as const) {
        expect(changePoints(noise, { method, kind })).toHaveLength(1)
      }
      const pieces = changePoints(shifted, { method })
      expect(pieces.map(({ from }) => from)).toEqual([0, expect.closeTo(700, -1), expect.closeTo(1200, -1)])
      expect(pieces[1]?.mean).toBeCloseTo(300, -2)
    }
    const louder = noise.map((value, t) => (t < 900 ? value : 4 * value))
    expect(changePoints(louder, { kind: 'mean-and-variance' })).toHaveLength(2)
  })

  it('refuse what cannot be cut', () => {
    const code = (text: string): object => expect.objectContaining({ code: `anomaly-detection/${text}` }) as object
    expect(() => changePoints(new Float64Array(1))).toThrow(code('series-too-short'))
    expect(() => changePoints(Float64Array.of(1, Number.NaN, 2))).toThrow(code('missing-value'))
    expect(() => changePoints(new Float64Array(9), { least: 0 })).toThrow(code('invalid-parameters'))
    expect(() => changePoints(new Float64Array(9), { penalty: -1 })).toThrow(code('invalid-parameters'))
  })
})

describe('Bayesian change points on a stream', () => {
  it('agree with the recursion of the paper worked by hand', () => {
    // One point after none: a run of 0 has the hazard's share, a run of 1 the rest, whatever the point is.
    const runs = new BayesianChangePoints({ meanRun: 4 })
    runs.update(3)
    expect(runs.runLengths).toEqual([
      { length: 0, probability: expect.closeTo(0.25, 12) as number },
      { length: 1, probability: expect.closeTo(0.75, 12) as number },
    ])
    // The second: predictive densities of Student's t. With mean 0 of weight 1 and variance 1 of weight 2 the prior says t with
    // 2 degrees and scale^2 2: p0 = 1 / (2 sqrt 2) * 1 / (sqrt 2 (1 + y^2 / 4)^1.5); a run of 1 has its own mean and scale.
    const two = new BayesianChangePoints({ meanRun: 2, meanWeight: 1 })
    two.update(1)
    two.update(1)
    const prior = 0.35355339059327373 / (Math.SQRT2 * (1 + 1 / 4) ** 1.5)
    // mean 1/2 of weight 2, sum 1 + 1/4 over shape 3/2: scale^2 = (5/4) (3) / (3/2 * 2) = 5/4, 3 degrees, 1/2 off
    const own = 0.3675525969478614 / (Math.sqrt(1.25) * (1 + 0.25 / (1.25 * 3)) ** 2)
    const [none, one, longer] = two.runLengths.map(({ probability }) => probability)
    expect(none).toBeCloseTo(0.5, 12)
    expect((longer ?? 0) / (one ?? 1)).toBeCloseTo(own / prior, 9)
  })

  it('tell a shift within a few points, and keep bounded', () => {
    const normal = standardNormal(seededRandom(8))
    let runs = new BayesianChangePoints({ runs: 60 })
    let likely = 0
    for (let t = 0; t < 400; t++) {
      const { changed, likely: now } = runs.update(normal() + (t >= 300 ? 5 : 0), 10)
      likely = now
      if (t === 250) expect(changed).toBeLessThan(0.2)
      if (t === 305) expect(changed).toBeGreaterThan(0.9)
      // stopped and gone on with
      if (t % 37 === 0) runs = BayesianChangePoints.fromJSON(JSON.parse(JSON.stringify(runs)))
    }
    expect(Math.abs(likely - 100)).toBeLessThan(5)
    expect(runs.runLengths.length).toBeLessThanOrEqual(60)
    expect(runs.runLengths.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
  })

  it('go on from a state to the last bit, and refuse another', () => {
    const normal = standardNormal(seededRandom(2))
    const one = new BayesianChangePoints()
    for (let t = 0; t < 50; t++) one.update(normal())
    const other = BayesianChangePoints.fromJSON(JSON.parse(JSON.stringify(one)))
    for (let t = 0; t < 50; t++) {
      const value = normal()
      expect(other.update(value)).toEqual(one.update(value))
    }
    expect(() => one.update(Number.NaN)).toThrow()
    expect(() => BayesianChangePoints.fromJSON({ ...one.toJSON(), means: [] })).toThrow(/means/)
  })
})
