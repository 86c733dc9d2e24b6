import { adbench, detectorLaws, hasReferenceData, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { datasetFromRows } from '../../domain/dataset-of.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { rocAuc } from '../../domain/metrics/roc-auc.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { standardNormal } from '../../domain/numeric/standard-normal.ts'
import { createMemoryEventPublisher } from '../../infrastructure/memory-event-publisher.ts'
import { randomIds } from '../../infrastructure/random-ids.ts'
import { systemClock } from '../../infrastructure/system-clock.ts'
import { configureDetector, describeEnsembles } from '../catalogue/catalogue.ts'
import { decodeState, encodeState } from '../model-json.ts'
import { EnsembleService } from './ensemble-service.ts'

const bell = standardNormal(seededRandom(3))
const x = { data: Float64Array.from({ length: 360 }, bell), rows: 120, columns: 3 }
x.data.set([9, -9, 9], 60)
const fresh = { data: Float64Array.from({ length: 60 }, bell), rows: 20, columns: 3 }
const labels = [20, 3, 4, 5].map((row) => ({ row, anomaly: row === 20 }))
const members = ['ecod', { id: 'knn', parameters: { nNeighbors: 3 } }, 'hbos']
const through = (state: unknown): unknown => decodeState(JSON.parse(JSON.stringify(encodeState(state))))

const kinds = [
  { combine: 'average', unify: 'rank' },
  { combine: 'average', unify: 'z-score', weights: [1, 0, 2] },
  { combine: 'max', unify: 'min-max' },
  { combine: 'median', unify: 'regularized' },
  { combine: 'aom', unify: 'gaussian' },
  { combine: 'moa', unify: 'gamma', nBuckets: 3 },
  { combine: 'vote', unify: 'z-score', contamination: 0.2 },
  { combine: 'stack', unify: 'z-score', labels },
] as const

describe.each(kinds)('an ensemble by $combine of $unify', (kind) => {
  const ensemble = configureDetector('ensemble', { detectors: members, ...kind })

  it('is stored and scored like any detector, bit for bit', () => {
    const fitted = ensemble.fit(x, { seed: 2 })
    const again = configureDetector('ensemble', JSON.parse(JSON.stringify(fitted.parameters)))
    const restored = again.restore(through(fitted.state))
    expect(restored.score(fresh)).toEqual(fitted.score(fresh))
    expect(restored.columns).toBe(3)
    expect(restored.parameters).toEqual(ensemble.parameters)
    expect(() => restored.score({ data: new Float64Array(4), rows: 2, columns: 2 })).toThrow(/3 columns are needed/)
  })

  it('finds the planted row', () => {
    const scores = ensemble.fit(x).trainingScores()
    expect(scores.indexOf(Math.max(...scores))).toBe(20)
  })

  it('copes with a member that gives every row the same score', () => {
    const flat = { data: new Float64Array(40).fill(3), rows: 20, columns: 2 }
    const known = 'labels' in kind ? { labels: labels.map((one, i) => ({ ...one, row: i })) } : {}
    const fitted = configureDetector('ensemble', { detectors: members, ...kind, ...known }).fit(flat)
    const far = { data: Float64Array.of(4, 4, -1e300, 1e300), rows: 2, columns: 2 }
    for (const score of [...fitted.trainingScores(), ...fitted.score(far)]) expect(Number.isFinite(score)).toBe(true)
  })
})

describe('the laws of a detector', () => {
  const under = (parameters: Readonly<Record<string, unknown>>) => () => {
    const ensemble = configureDetector('ensemble', { detectors: ['ecod', 'knn', 'hbos'], ...parameters })
    return {
      fit: (matrix: Matrix, seed: number, signal?: AbortSignal) => ensemble.fit(matrix, { seed, signal }),
      score: (state: unknown, matrix: Matrix, signal?: AbortSignal) =>
        ensemble.restore(state).score(matrix, { signal }),
    }
  }
  detectorLaws(it, 'average of z-scores', under({}))
  detectorLaws(it, 'average of maximum of ranks', under({ combine: 'aom', unify: 'rank' }))
  detectorLaws(it, 'vote', under({ combine: 'vote' }))
  detectorLaws(it, 'median of gamma-scaled scores', under({ combine: 'median', unify: 'gamma' }))
})

describe('an ensemble', () => {
  it('is described with defaults that it fills in', () => {
    const [description] = describeEnsembles()
    const properties = description?.parameters['properties'] as Readonly<Record<string, { readonly default: unknown }>>
    const { detectors, ...rest } = configureDetector('ensemble').parameters
    for (const [name, value] of Object.entries(rest)) expect(value).toEqual(properties[name]?.default)
    expect((detectors as ReadonlyArray<{ id: string }>).map(({ id }) => id)).toEqual(['iforest', 'ecod', 'knn'])
    expect(detectors).toMatchObject([{ parameters: { nEstimators: 100 } }, {}, { parameters: { nNeighbors: 5 } }])
  })

  it('inverts the scores of abod by their logarithm, and keeps the inversion', () => {
    const pair = configureDetector('ensemble', { detectors: ['abod', 'lof'], unify: 'gaussian' })
    const fitted = pair.fit(x, { seed: 7 })
    const abod = configureDetector('abod').fit(x).trainingScores()
    expect(fitted.state).toMatchObject({
      members: [{ unification: { inversion: { largest: -Math.min(...abod) } } }, {}],
    })
    expect(pair.restore(through(fitted.state)).score(fresh)).toEqual(fitted.score(fresh))
    expect(fitted.state).not.toHaveProperty('members.1.unification.inversion')
  })

  it('gives random members that stand there twice their own randomness, and the first its usual', () => {
    const pair = configureDetector('ensemble', { detectors: ['iforest', 'iforest'], combine: 'max', unify: 'rank' })
    const { state } = pair.fit(x, { seed: 7 }) as { state: { members: ReadonlyArray<{ state: unknown }> } }
    expect(state.members[0]?.state).toEqual(configureDetector('iforest').fit(x, { seed: 7 }).state)
    expect(state.members[1]?.state).not.toEqual(state.members[0]?.state)
  })

  it.each([
    ['an unknown member', { detectors: ['knn', 'iforst'] }, 'unknown-detector', /'iforst'; there are: iforest/],
    ['an ensemble in an ensemble', { detectors: ['knn', 'ensemble'] }, 'unknown-detector', /'ensemble'/],
    ['a single member', { detectors: ['knn'] }, 'invalid-parameters', /detectors: give at least 2 detectors/],
    [
      "a member's bad parameter",
      { detectors: ['ecod', { id: 'knn', parameters: { nNeighbors: 0 } }] },
      'invalid-parameters',
      /parameters of knn: nNeighbors/,
    ],
    [
      'too few weights',
      { detectors: members, weights: [1, 2] },
      'invalid-parameters',
      /weights: 2 weights for 3 detectors/,
    ],
    ['a negative weight', { detectors: members, weights: [1, -1, 1] }, 'invalid-parameters', /weights\.1/],
    [
      'weights of 0 only',
      { detectors: members, weights: [0, 0, 0] },
      'invalid-parameters',
      /at least one must be above 0/,
    ],
    [
      'weights of a maximum',
      { detectors: members, combine: 'max', weights: [1, 1, 1] },
      'invalid-parameters',
      /max takes no weights; average and vote do/,
    ],
    [
      'more buckets than members',
      { detectors: members, combine: 'aom', nBuckets: 4 },
      'invalid-parameters',
      /4 buckets for 3 detectors/,
    ],
    [
      'buckets of an average',
      { detectors: members, nBuckets: 2 },
      'invalid-parameters',
      /average has no buckets; aom and moa do/,
    ],
    ['a contamination of 0', { detectors: members, contamination: 0 }, 'invalid-parameters', /contamination/],
    ['a contamination of 0.6', { detectors: members, contamination: 0.6 }, 'invalid-parameters', /contamination/],
    ['an unknown combination', { detectors: members, combine: 'mean' }, 'invalid-parameters', /combine/],
    [
      'stacking without labels',
      { detectors: members, combine: 'stack' },
      'invalid-parameters',
      /at least one anomaly and one normal row/,
    ],
    [
      'labels of one kind',
      { detectors: members, combine: 'stack', labels: labels.slice(1) },
      'invalid-parameters',
      /at least one anomaly/,
    ],
    [
      'a row labelled twice',
      { detectors: members, combine: 'stack', labels: [...labels, { row: 3, anomaly: true }] },
      'invalid-parameters',
      /a row is named twice/,
    ],
    ['labels of an average', { detectors: members, labels }, 'invalid-parameters', /average learns from no labels/],
  ])('refuses %s', (_, parameters, code, message) => {
    const work = () => configureDetector('ensemble', parameters)
    expect(work).toThrow(message)
    expect(work).toThrow(expect.objectContaining({ code: `anomaly-detection/${code}` }))
  })

  it('refuses a label of a row that is not there, and data no detector takes', () => {
    const beyond = [...labels, { row: 120, anomaly: true }]
    const stack = configureDetector('ensemble', { detectors: members, combine: 'stack', labels: beyond })
    expect(() => stack.fit(x)).toThrow(/row 120; the data have 120 rows, from 0/)
    const plain = configureDetector('ensemble', { detectors: members })
    expect(() => plain.fit({ data: new Float64Array(), rows: 0, columns: 3 })).toThrow(/no row/)
    expect(() => plain.fit(x, { seed: -1 })).toThrow(/seed is -1/)
  })

  it.each([
    ['a member less', (state: State) => ({ ...state, members: state.members.slice(1) })],
    ['another rule', (state: State) => ({ ...state, rule: { method: 'max' } })],
    [
      'a weight less',
      (state: State) => ({ ...state, rule: { method: 'average', weights: new Float64Array(2).fill(1) } }),
    ],
    [
      'a weight that is no number',
      (state: State) => ({ ...state, rule: { method: 'average', weights: Float64Array.of(1, Number.NaN, 1) } }),
    ],
    ['members in another order', (state: State) => ({ ...state, members: state.members.toReversed() })],
    ['another width', (state: State) => ({ ...state, columns: 2 })],
    [
      'no spread',
      (state: State) => ({
        ...state,
        members: state.members.map((one) => ({ ...one, unification: { ...one.unification, spread: 0 } })),
      }),
    ],
    [
      'a shape that no scores have',
      (state: State) => ({
        ...state,
        members: state.members.map((one) => ({ ...one, unification: { ...one.unification, shape: 1e300 } })),
      }),
    ],
    ['nothing in it', () => ({})],
  ])('refuses a stored state with %s', (_, edit) => {
    const ensemble = configureDetector('ensemble', { detectors: members })
    const edited = edit(ensemble.fit(x).state as State)
    expect(() => ensemble.restore(edited)).toThrow(expect.objectContaining({ code: 'anomaly-detection/corrupt-model' }))
  })
})

interface State {
  readonly columns: number
  readonly members: ReadonlyArray<{ readonly state: unknown; readonly unification: object }>
  readonly rule: object
}

describe.skipIf(!hasReferenceData)(`stacking on ADBench's open sets${referenceNote}`, () => {
  it('makes more of 20 known rows than the average does, on the other rows', () => {
    const mean = { stacked: 0, averaged: 0 }
    const names = ['glass', 'Ionosphere', 'breastw', 'Pima', 'cardio']
    const draws = 4
    for (const { labels: truth, ...set } of names.map((name) => standardized(adbench(name)))) {
      for (let seed = 0; seed < draws; seed++) {
        const known = knownRows(truth, seed)
        const auc = (parameters: object): number => {
          const ensemble = configureDetector('ensemble', {
            detectors: ['iforest', 'ecod', 'hbos', 'knn'],
            ...parameters,
          })
          const others = (_: number, row: number): boolean => !known.some((one) => one.row === row)
          return rocAuc(ensemble.fit(set).trainingScores().filter(others), truth.filter(others))
        }
        mean.stacked += auc({ combine: 'stack', labels: known }) / names.length / draws
        mean.averaged += auc({}) / names.length / draws
      }
    }
    expect(mean.stacked).toBeGreaterThan(mean.averaged + 0.01)
  })

  function knownRows(truth: Uint8Array, seed: number): ReadonlyArray<{ row: number; anomaly: boolean }> {
    const draw = seededRandom(seed)
    const order = Array.from(truth, (_, row) => ({ row, key: draw() })).sort((a, b) => a.key - b.key)
    const ofKind = (anomaly: boolean, many: number) =>
      order
        .filter(({ row }) => (truth[row] === 1) === anomaly)
        .slice(0, many)
        .map(({ row }) => ({ row, anomaly }))
    return [...ofKind(true, 5), ...ofKind(false, 15)]
  }
})

describe('EnsembleService', () => {
  const rows = Array.from({ length: x.rows }, (_, row) => [...x.data.subarray(row * 3, row * 3 + 3)])
  const dataset = datasetFromRows(rows)

  it('publishes a detection, and tells what each detector saw and how sure the outcome is', async () => {
    const events = createMemoryEventPublisher()
    const service = new EnsembleService({ events, clock: systemClock, ids: randomIds })
    const {
      result,
      members: seen,
      confidence,
    } = await service.execute(dataset, {
      detectors: ['ecod', { id: 'knn', parameters: { nNeighbors: 3 } }],
      combine: 'vote',
      contamination: 0.05,
    })

    expect(events.published().map(({ type }) => type)).toEqual([
      'nomaly.detection.requested',
      'nomaly.detection.completed',
      'nomaly.anomaly.detected',
    ])
    expect(result).toMatchObject({ algorithm: 'ensemble', parameters: { combine: 'vote', contamination: 0.05 } })
    expect(result.anomalies(1)[0]?.index).toBe(20)
    expect(seen.map(({ id }) => id)).toEqual(['ecod', 'knn'])
    for (const { scores, agreement } of seen) {
      expect(scores).toHaveLength(120)
      expect(agreement).toBeGreaterThan(0.3)
    }
    expect(confidence?.[20]).toBeGreaterThan(0.9)
  })

  it('tells no confidence where no contamination cuts', async () => {
    const service = new EnsembleService({ events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds })
    const { result, confidence } = await service.execute(dataset, { threshold: { kind: 'fixed', value: 3 } })
    expect(confidence).toBeUndefined()
    expect(result.parameters).toMatchObject({ combine: 'average', unify: 'z-score' })
  })
})
