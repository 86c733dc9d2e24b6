import { streamDetectorLaws } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { streamDetectors } from './stream-catalogue.ts'

// Small, so that all are ready after some 100 samples and their states are quickly written.
const small: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  rcf: { trees: 20, sampleSize: 64 },
  rrcf: { trees: 10, windowSize: 64 },
  'half-space-trees': { trees: 10, height: 6, window: 60 },
  'online-iforest': { trees: 20, window: 256, leafSamples: 4 },
  knn: { window: 80 },
  lof: { neighbours: 8, window: 64 },
  'left-matrix-profile': { length: 8, history: 64, warmUp: 20 },
  loda: { projections: 30, window: 70 },
  xstream: { projections: 20, chains: 20, depth: 8, window: 70 },
  'rs-hash': { grids: 30, window: 90 },
  'robust-z-score': { window: 50 },
  'z-score': { window: 40 },
  'p2-quantile': { warmUp: 50 },
  windowed: { detector: { id: 'iforest', parameters: { nEstimators: 20 } }, size: 64, refitEvery: 48 },
  combined: {
    members: [{ id: 'half-space-trees', parameters: { height: 5, window: 50 } }, 'ewma', 'robust-z-score'],
    memory: 300,
  },
}

describe('the laws of stream detectors', () => {
  for (const id of streamDetectors.ids) {
    const maker = {
      create: (columns: number, seed: number) => streamDetectors.create(id, small[id] ?? {}, { columns, seed }),
      restore: streamDetectors.restore,
    }
    // to a matrix profile shapes count, not how far out a sample lies
    streamDetectorLaws(it, id, maker, { findsFarSamples: id !== 'left-matrix-profile' })
  }
})

describe('the catalogue of stream detectors', () => {
  it('describes each with a JSON Schema of its parameters, and fills in the defaults', () => {
    const described = streamDetectors.describe()
    expect(described.map(({ id }) => id)).toEqual(streamDetectors.ids)
    for (const { id, parameters } of described) {
      const properties = Object.entries({ ...(parameters['properties'] as object) })
      expect(properties.length).toBeGreaterThan(0)
      const filled = streamDetectors.entry(id).parse({})
      for (const [name, schema] of properties)
        if ('default' in (schema as object))
          expect(filled[name]).toEqual((schema as { readonly default: unknown }).default)
    }
  })

  it('refuses an unknown detector, parameters out of range and impossible contexts', () => {
    const context = { columns: 2, seed: 0 }
    expect(() => streamDetectors.create('hst', {}, context)).toThrow(
      /there is no stream detector 'hst'; there are: rcf/,
    )
    expect(() => streamDetectors.create('half-space-trees', { trees: 0 }, context)).toThrow(/trees/)
    expect(() => streamDetectors.create('half-space-trees', { trees: 1000, height: 20 }, context)).toThrow(/nodes/)
    expect(() => streamDetectors.create('knn', { neighbours: 9, window: 9 }, context)).toThrow(/neighbours/)
    expect(() => streamDetectors.create('online-iforest', { leafSamples: 1, window: 60_000 }, context)).toThrow(
      /leafSamples/,
    )
    expect(() => streamDetectors.create('combined', { weights: 'agreement' }, context)).toThrow(/in a mean only/)
    expect(() => streamDetectors.create('combined', { members: ['combined'] }, context)).toThrow(/no stream detector/)
    expect(() => streamDetectors.create('ewma', {}, { columns: 0, seed: 0 })).toThrow(/columns is 0/)
  })
})
