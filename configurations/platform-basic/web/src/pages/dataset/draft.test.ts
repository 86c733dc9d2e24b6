import { describe, expect, it } from 'vitest'

import { type Draft, inputOf } from './draft.ts'

const draft: Draft = {
  isSeries: false,
  time: 'at',
  value: 'x',
  key: '',
  columns: ['x', 'y'],
  detector: 'knn',
  seriesDetector: 'auto',
  parameters: { nNeighbors: 3 },
  percent: '2.5',
  seriesPercent: '',
  seed: '7',
  missing: 'drop',
  period: '',
  model: '',
}

describe('what is asked of a job', () => {
  it('is rows, by a detector with its parameters', () => {
    expect(inputOf('d', draft)).toEqual({
      dataset: 'd',
      columns: ['x', 'y'],
      detector: 'knn',
      parameters: { nNeighbors: 3 },
      contamination: 0.025,
      seed: 7,
      missing: 'drop',
    })
  })

  it('is series, whose method is chosen for them unless it is said', () => {
    const series = { ...draft, isSeries: true, key: 'pump', period: '24' }
    expect(inputOf('d', series)).toEqual({ dataset: 'd', time: 'at', value: 'x', key: 'pump', period: 24, seed: 7 })
    expect(inputOf('d', { ...series, seriesDetector: 'stl', parameters: { robust: false } })).toMatchObject({
      detector: 'stl',
      parameters: { robust: false },
    })
  })

  it('is a kept model and nothing else, whatever its name', () => {
    const asked = { dataset: 'd', model: { name: 'a@b', version: 12 } }
    expect(inputOf('d', { ...draft, isSeries: true, model: 'a@b@12' })).toEqual(asked)
  })
})
