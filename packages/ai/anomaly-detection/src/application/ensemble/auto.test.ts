import { adbench, hasReferenceData, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { datasetFromRows } from '../../domain/dataset-of.ts'
import { rocAuc } from '../../domain/metrics/roc-auc.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { createMemoryEventPublisher } from '../../infrastructure/memory-event-publisher.ts'
import { createMemoryModelRepository } from '../../infrastructure/memory-model-repository.ts'
import { randomIds } from '../../infrastructure/random-ids.ts'
import { systemClock } from '../../infrastructure/system-clock.ts'
import { configureDetector, describeEnsembles } from '../catalogue/catalogue.ts'
import { detect } from '../detect.ts'
import { ScoreWithModel } from '../score-with-model.ts'
import { TrainModel } from '../train-model.ts'

const random = seededRandom(1)
const rows = Array.from({ length: 90 }, (_, row) => (row === 40 ? [9, -9] : [random(), random()]))
const dataset = datasetFromRows(rows)

describe('auto', () => {
  it('fits the detector that agrees best with the others, and says why', () => {
    const candidates = ['knn', 'ecod', { id: 'hbos', parameters: { nBins: 5 } }, 'lof']
    const fitted = configureDetector('auto', { candidates }).fit(dataset)
    const { selection } = fitted

    expect(selection?.candidates.map(({ id }) => id).toSorted()).toEqual(['ecod', 'hbos', 'knn', 'lof'])
    expect(selection).toMatchObject({ chosen: selection?.candidates[0]?.id, rows: 90 })
    const centralities = selection?.candidates.map(({ centrality }) => centrality) ?? []
    expect(centralities).toEqual(centralities.toSorted((a, b) => b - a))
    expect(fitted.id).toBe(selection?.chosen)
    const alone = configureDetector(fitted.id, fitted.parameters).fit(dataset)
    expect(fitted.trainingScores()).toEqual(alone.trainingScores())
  })

  it('compares on a sample of many rows, the same one for the same seed, and fits to all of them', () => {
    const auto = configureDetector('auto', { candidates: ['knn', 'ecod', 'hbos'], sampleRows: 50 })
    const [first, second] = [auto.fit(dataset, { seed: 3 }), auto.fit(dataset, { seed: 3 })]
    expect(first.selection?.rows).toBe(50)
    expect(first.selection).toEqual(second.selection)
    expect(first.trainingScores()).toHaveLength(90)
  })

  it('is told of by a detection, and kept as the model that it chose', async () => {
    const detected = detect(dataset, { detector: 'auto' })
    expect(detected.metadata['selection']).toMatchObject({ chosen: detected.algorithm })

    const models = createMemoryModelRepository()
    const deps = { models, events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds }
    const model = await new TrainModel(deps).execute('pump', dataset, { detector: 'auto' })
    expect(model.algorithm).toBe(detected.algorithm)
    expect(model.metrics['centrality']).toBeGreaterThan(0.5)
    const scored = await new ScoreWithModel(deps).execute({ name: 'pump' }, dataset)
    expect(scored.algorithm).toBe(detected.algorithm)
    expect(() => configureDetector('auto').restore({})).toThrow(/never stored/)
  })

  it('fills in its defaults, and knows every candidate', () => {
    const { candidates, sampleRows } = configureDetector('auto').parameters
    expect(sampleRows).toBe(2000)
    expect((candidates as ReadonlyArray<unknown>).length).toBeGreaterThan(5)
    expect(describeEnsembles().map(({ id }) => id)).toEqual(['ensemble', 'auto'])
  })

  it.each([
    ['two candidates, of which none agrees better', { candidates: ['knn', 'ecod'] }, /at least 3 detectors/],
    ['itself as a candidate', { candidates: ['knn', 'ecod', 'auto'] }, /'auto'/],
    ['a sample of nearly nothing', { sampleRows: 5 }, /sampleRows/],
  ])('refuses %s', (_, parameters, message) => {
    expect(() => configureDetector('auto', parameters)).toThrow(message)
  })

  it('gives data that no detector takes to one that says so', () => {
    const auto = configureDetector('auto', { sampleRows: 50 })
    expect(() => auto.fit({ data: new Float64Array(), rows: 0, columns: 2 })).toThrow(/no row/)
    expect(() => auto.fit({ data: new Float64Array(199).fill(1), rows: 100, columns: 2 })).toThrow(/199 values/)
    expect(() => auto.fit(dataset, { seed: 0.5 })).toThrow(/seed is 0\.5/)
  })
})

const SETS = ['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw', 'Pima', 'cardio', 'thyroid'] as const

describe.skipIf(!hasReferenceData)(`auto on ADBench's open sets${referenceNote}`, () => {
  it('beats the average of its candidates, and the first choice without any data', () => {
    const auto = configureDetector('auto')
    const candidates = auto.parameters['candidates'] as ReadonlyArray<{ readonly id: string }>
    const mean = { chosen: 0, average: 0, iforest: 0 }
    let won = 0
    for (const name of SETS) {
      const set = standardized(adbench(name))
      const aucs = candidates.map(({ id }) => rocAuc(configureDetector(id).fit(set).trainingScores(), set.labels))
      const average = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length
      const chosen = rocAuc(auto.fit(set).trainingScores(), set.labels)
      mean.chosen += chosen / SETS.length
      mean.average += average / SETS.length
      mean.iforest += (aucs[candidates.findIndex(({ id }) => id === 'iforest')] ?? 0) / SETS.length
      if (chosen > average) won++
    }
    expect(mean.chosen).toBeGreaterThan(mean.average + 0.02)
    expect(mean.chosen).toBeGreaterThan(mean.iforest)
    expect(won).toBeGreaterThanOrEqual(6)
  }, 60_000)
})
