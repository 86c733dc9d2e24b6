import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { configureDetector } from '../../application/catalogue/catalogue.ts'
import { datasetFromColumns } from '../dataset-of.ts'
import type { Dataset } from '../dataset.ts'
import { hbos } from '../detectors/hbos.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { thresholdOf } from '../threshold.ts'
import { scoresOfFeature, type SteppedDetector } from './additive-detector.ts'
import { nextDown, nextUp } from './adjacent-doubles.ts'
import { breakpointsOf, type PiecewiseConstant } from './breakpoints.ts'
import { changeableFeatures } from './changeable-feature.ts'
import type { CounterfactualSearch } from './counterfactual-search.ts'
import { type Counterfactual, counterfactualOf } from './counterfactual.ts'

describe('counterfactualOf', () => {
  it('finds the nearest edge of a step by hand', async () => {
    // Normal up to and including 3. The column's median is 2, its MAD 1: the row's 8 lies (8 - 3) / 1.4826 from there.
    const background = datasetFromColumns({ a: [0, 1, 2, 3, 8], b: [1, 2, 3, 4, 5].map((x) => x / 2) })
    const stepped = search(background, 4, ([a = 0]) => (a > 3 ? 1 : 0), 0.5)
    const found = await counterfactualOf({
      ...stepped,
      breakpointsOf: (column) => Float64Array.of(...([[3], []][column] ?? [])),
    })
    const wanted = { outcome: 'found', feature: 'a', from: 8, to: 3, score: 0, isExact: true }
    expect(found).toMatchObject(wanted)
    expect(found).toHaveProperty('distance', 5 / 1.4826)
    expect(await counterfactualOf(stepped)).toMatchObject({ ...wanted, isExact: false })
  })

  it('changes the feature that has to change least in its own spread', async () => {
    const background = datasetFromColumns({ a: [0, 1, 2, 3, 9], b: [0, 100, 200, 300, 900] })
    const sum = search(background, 4, ([a = 0, b = 0]) => a + b / 100, 14)
    const found = await counterfactualOf(sum)
    expect(found).toMatchObject({ outcome: 'found', feature: 'a', to: 5, isExact: false })
    const weighty = search(background, 4, ([a = 0, b = 0]) => a / 100 + b, 500)
    expect(await counterfactualOf(weighty)).toMatchObject({ feature: 'b', to: 499 })
  })

  it('keeps to whole numbers where the column does', async () => {
    const whole = datasetFromColumns({ a: [0, 1, 2, 3, 9] })
    const broken = datasetFromColumns({ a: [0, 1, 2, 3.5, 9] })
    const by = ([a = 0]: Float64Array): number => a
    expect(await counterfactualOf(search(whole, 4, by, 5.7))).toMatchObject({ to: 5 })
    const found = await counterfactualOf(search(broken, 4, by, 5.7))
    expect(found).toHaveProperty('to', expect.closeTo(5.7, 12))
    const steps = { ...search(whole, 4, ([a = 0]) => Math.round(a), 5), breakpointsOf: () => Float64Array.of(4.5, 5.5) }
    expect(await counterfactualOf(steps)).toMatchObject({ to: 5, isExact: true })
  })

  it('gives a text column another of its categories', async () => {
    const columns = { 'kind=a': [1, 0, 0, 1], 'kind=b': [0, 1, 0, 0], 'kind=c': [0, 0, 1, 0], n: [1, 1, 1, 1] }
    const onehot: Dataset = {
      ...datasetFromColumns(columns),
      encodings: [{ column: 'kind', method: 'onehot', categories: ['a', 'b', 'c'] }],
    }
    const unlikeC = search(onehot, 0, ([a = 0, b = 0, c = 0]) => 2 * a + b - c + 10 * Math.abs(a + b + c - 1), 0)
    const expected = { outcome: 'found', feature: 'kind', from: 'a', to: 'c', distance: 1, score: -1 }
    expect(await counterfactualOf(unlikeC)).toMatchObject(expected)
    const ordinal: Dataset = {
      ...datasetFromColumns({ kind: [0, 1, 2, 0] }),
      encodings: [{ column: 'kind', method: 'ordinal', categories: ['a', 'b', 'c'] }],
    }
    expect(await counterfactualOf(search(ordinal, 0, ([kind = 0]) => -kind, -1.5))).toMatchObject({
      from: 'a',
      to: 'c',
    })
    expect(await counterfactualOf(search(ordinal, 0, ([kind = 0]) => -kind, -3))).toMatchObject({ outcome: 'none' })
  })

  it('tries both sides of a row that stands on a breakpoint, and no value beyond the doubles', async () => {
    const background = datasetFromColumns({ a: [1, 2, 3.5, 4, -Number.MAX_VALUE / 4] })
    const peak = search(background, 2, ([a = 0]) => (a === 3.5 ? 9 : a < 3.5 ? 1 : 2), 1)
    const onlyThere = () => Float64Array.of(3.5)
    expect(await counterfactualOf({ ...peak, breakpointsOf: onlyThere })).toMatchObject({ to: nextDown(3.5), score: 1 })
    const values: number[] = []
    const tried = search(background, 2, ([a = 0]) => (values.push(a), 9), 1)
    await counterfactualOf({ ...tried, breakpointsOf: () => Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE) })
    expect(values.every(Number.isFinite)).toBe(true)
    expect(values).toContain(Number.MAX_VALUE)
  })

  it('goes through many values where one of them may do, and gives up early where none can', async () => {
    const background = datasetFromColumns({ a: [1.5, 2, 3, 4, 20_000.5] })
    let asked = 0
    const counted = search(background, 4, ([a = 0]) => (asked++, a <= 3000 ? 0 : 1), 0.5)
    const everyWhole = () => Float64Array.from({ length: 20_000 }, (_, i) => i)
    const far = { ...counted, breakpointsOf: everyWhole }
    expect(await counterfactualOf({ ...far, lowestScore: () => 0 })).toMatchObject({ to: 3000, isExact: true })
    asked = 0
    expect(await counterfactualOf({ ...far, lowestScore: () => 1 })).toEqual({ outcome: 'none', isExact: true })
    expect(asked).toBeLessThan(10_000)
  })

  it('says that a row is normal as it is, and that no single change makes one so', async () => {
    const background = datasetFromColumns({ a: [0, 1, 2, 3, 8], b: [0, 1, 2, 3, 8] })
    const both = ([a = 0, b = 0]: Float64Array): number => Math.max(a, b)
    expect(await counterfactualOf(search(background, 4, both, 9))).toEqual({ outcome: 'normal' })
    expect(await counterfactualOf(search(background, 4, both, 5))).toEqual({ outcome: 'none', isExact: false })
    const exact = { ...search(background, 4, both, 5), breakpointsOf: () => Float64Array.of(1, 2, 3) }
    expect(await counterfactualOf(exact)).toEqual({ outcome: 'none', isExact: true })
    const constant = datasetFromColumns({ a: [1, 1, 1] })
    expect(await counterfactualOf(search(constant, 0, both, 0))).toEqual({ outcome: 'none', isExact: false })
  })

  it('is exact: no nearer value of any feature makes the row normal, and the found one does', async () => {
    await assertExact('iforest', { nEstimators: 8, maxSamples: 16 })
    await assertExact('ecod', {})
    await assertExact('copod', {})
    await assertExact('hbos', { nBins: 5 })
  })

  it('knows how far beyond its bins HBOS still counts a value to the last one', async () => {
    // Two thin bins of three: beyond the range a value scores as the thinnest, but within half a bin of it as the last.
    const state = {
      columns: 1,
      nBins: 3,
      tol: 0.5,
      edges: Float64Array.of(0, 1, 2, 3),
      binScores: Float64Array.of(1, 5, 1),
    }
    const background = datasetFromColumns({ a: [0.5, 1.5, 2.5, 2.75, 9.5] })
    const found = await counterfactualOf({
      ...search(background, 4, () => 0, 2),
      score: (x) => Promise.resolve(hbos.score(state, x)),
      breakpointsOf: (column) => breakpointsOf({ id: 'hbos', state }, column),
    })
    expect(found).toMatchObject({ outcome: 'found', from: 9.5, to: 3.5, score: 1 })
  })

  it('stops when it is told to', async () => {
    const background = datasetFromColumns({ a: [0, 1, 2, 3, 8] })
    const stopped = { ...search(background, 4, ([a = 0]) => a, 5), signal: AbortSignal.abort() }
    await expect(counterfactualOf(stopped)).rejects.toMatchObject({ code: 'anomaly-detection/cancelled' })
  })
})

describe('nextUp and nextDown', () => {
  it('step by one unit in the last place, through zero too', () => {
    expect(nextUp(1)).toBe(1 + Number.EPSILON)
    expect(nextDown(1)).toBe(1 - Number.EPSILON / 2)
    expect(nextUp(-1)).toBe(-(1 - Number.EPSILON / 2))
    expect(nextUp(0)).toBe(Number.MIN_VALUE)
    expect(nextDown(0)).toBe(-Number.MIN_VALUE)
    expect(nextUp(-Number.MIN_VALUE)).toBe(-0)
    expect(nextUp(Number.MAX_VALUE)).toBe(Infinity)
    // the lower 32 bits overflow, and borrow
    expect(nextUp(1 + (2 ** 32 - 1) * Number.EPSILON)).toBe(1 + 2 ** 32 * Number.EPSILON)
    expect(nextDown(1 + 2 ** 32 * Number.EPSILON)).toBe(1 + (2 ** 32 - 1) * Number.EPSILON)
  })
})

// Against every piece of every feature, one after another, with no regard to order.
async function assertExact(id: string, parameters: Readonly<Record<string, unknown>>): Promise<void> {
  const outcomes = new Set<string>()
  const cases: Array<Promise<void>> = []
  assert(
    property(
      integer({ min: 1, max: 3 }),
      integer({ min: 0, max: 1e6 }),
      constantFrom(0.1, 0.3),
      (columns, seed, share) => {
        cases.push(assertOneExact(id, parameters, columns, seed, share, outcomes))
      },
    ),
    { numRuns: 15 },
  )
  await Promise.all(cases)
  expect([...outcomes]).toContain('found')
}

async function assertOneExact(
  id: string,
  parameters: Readonly<Record<string, unknown>>,
  columns: number,
  seed: number,
  share: number,
  outcomes: Set<string>,
): Promise<void> {
  const background = drawn(30, columns, seed)
  const fitted = configureDetector(id, parameters).fit(background, { seed })
  const scores = fitted.trainingScores()
  const threshold = thresholdOf(scores, { kind: 'contamination', contamination: share })
  const worst = scores.indexOf(Math.max(...scores))
  const detector = { id, state: fitted.state } as PiecewiseConstant // a state of the detector that `id` names
  const row = background.data.subarray(worst * columns, (worst + 1) * columns)
  const features = changeableFeatures(background)(row)
  const scoreOf = (one: Float64Array): number => fitted.score({ data: one, rows: 1, columns })[0] ?? 0
  const rest = (column: number, value: number): number => scoreOf(row.with(column, value))
  const found = await counterfactualOf({
    row,
    threshold,
    features,
    score: (x) => Promise.resolve(fitted.score(x)),
    breakpointsOf: (column) => breakpointsOf(detector, column),
    scoreMoves: id === 'iforest' ? undefined : movesOf(detector as SteppedDetector, row), // as the id says
  })
  outcomes.add(found.outcome)
  let nearest = Infinity
  for (const feature of features) {
    if (feature.kind !== 'number') continue
    const points = [...breakpointsOf(detector, feature.column)]
    const pieces = points.flatMap((at, i) => [nextDown(at), at, nextUp(at), (at + (points[i + 1] ?? at + 1)) / 2])
    const [low = 0, high = 0] = [feature.sorted()[0], feature.sorted().at(-1)]
    const grid = Array.from({ length: 200 }, (_, i) => low - 1 + ((high - low + 2) * i) / 199)
    for (const value of [...pieces, ...grid]) {
      if (rest(feature.column, value) > threshold) continue
      nearest = Math.min(nearest, Math.abs(value - feature.current) / feature.spread)
    }
  }
  checkFound(found, scoreOf(row) <= threshold, nearest, threshold)
}

function checkFound(found: Counterfactual, isNormal: boolean, nearest: number, threshold: number): void {
  if (isNormal) expect(found.outcome).toBe('normal')
  else if (nearest === Infinity) expect(found).toEqual({ outcome: 'none', isExact: true })
  else {
    expect(found).toMatchObject({ outcome: 'found', distance: nearest, isExact: true })
    if (found.outcome === 'found') expect(found.score).toBeLessThanOrEqual(threshold)
  }
}

function movesOf(detector: SteppedDetector, row: Float64Array): (column: number, values: Float64Array) => Float64Array {
  const parts = row.map((value, column) => scoresOfFeature(detector, column, Float64Array.of(value))[0] ?? 0)
  return (column, values) => {
    const others = parts.reduce((sum, part, i) => (i === column ? sum : sum + part), 0)
    return scoresOfFeature(detector, column, values).map((part) => part + others)
  }
}

function search(
  background: Dataset,
  index: number,
  scoreOf: (row: Float64Array) => number,
  threshold: number,
): CounterfactualSearch {
  const { columns, data } = background
  const row = data.slice(index * columns, (index + 1) * columns)
  return {
    row,
    threshold,
    features: changeableFeatures(background)(row),
    score: (x) =>
      Promise.resolve(
        Float64Array.from({ length: x.rows }, (_, i) => scoreOf(x.data.subarray(i * columns, (i + 1) * columns))),
      ),
  }
}

function drawn(rows: number, columns: number, seed: number): Dataset {
  const random = seededRandom(seed)
  const names = ['a', 'b', 'c'].slice(0, columns)
  // quarters: ties, and no whole columns
  const values = () => Array.from({ length: rows }, () => Math.round(40 * random() * random()) / 4 + 0.125)
  return datasetFromColumns(Object.fromEntries(names.map((name) => [name, values()])))
}
