import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { MetricPoint } from '../../../domain/metric.ts'
import { type MlopsStore, openMlopsStore } from '../../open-mlops-store.ts'
import { packPoints, unpackPoints } from './point-codec.ts'
import { comparePoints, storedPointOf } from './stored-point.ts'

const pointOf: fc.Arbitrary<MetricPoint> = fc.record({
  key: fc.constant('m'),
  value: fc.oneof(fc.constantFrom(0, 1, Number.NaN, Infinity), fc.double()),
  at: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.maxSafeNat()),
  step: fc.oneof(fc.integer({ min: -2, max: 3 }), fc.integer({ min: -(2 ** 40), max: 2 ** 40 })),
})

it('packs and unpacks any points', () => {
  fc.assert(
    fc.property(fc.array(pointOf, { maxLength: 50 }), (points) => {
      const stored = points.map(storedPointOf).sort(comparePoints)
      const packed = packedOrNot(stored)
      if (packed === undefined) return
      const found = unpackPoints(packed, stored.length)
      expect(found).toEqual(stored)
    }),
    { numRuns: 300 },
  )
})

// Differences beyond 2^53 are refused: those series stay rows.
function packedOrNot(stored: Parameters<typeof packPoints>[0]): Uint8Array | undefined {
  try {
    return packPoints(stored)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

async function readAll(store: MlopsStore, runId: string, limit: number): Promise<ReadonlyArray<MetricPoint>> {
  const points: MetricPoint[] = []
  let page = await store.log.history(runId, 'm', { limit })
  while (points.push(...page.items) >= 0 && page.next !== undefined)
    page = await store.log.history(runId, 'm', { limit, pageToken: page.next })
  return points
}

it('reads a series the same, whatever part of it is compacted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(pointOf, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 60 }),
      async (batches, limit) => {
        const [plain, packed] = [openMlopsStore({ path: ':memory:' }), openMlopsStore({ path: ':memory:' })]
        const runs = [await plain.runs.create({ experimentId: '0' }), await packed.runs.create({ experimentId: '0' })]
        const [a, b] = runs.map(({ id }) => id) as [string, string] // two were made
        for (const metrics of batches) {
          await plain.log.log(a, { metrics })
          await packed.log.log(b, { metrics })
          await packed.runs.change(b, { kind: 'update', status: 'FINISHED' })
          await packed.compact()
        }
        expect(await readAll(packed, b, limit)).toEqual(await readAll(plain, a, limit))
        expect((await packed.runs.find(b))?.metrics).toEqual((await plain.runs.find(a))?.metrics)
        const sampled = await Promise.all(
          (
            [
              [plain, a],
              [packed, b],
            ] as const
          ).map(async ([store, id]) =>
            (await store.sampler.sample({ runIds: [id], key: 'm', maxSteps: 3 })).map(
              ({ runId: _, ...point }) => point,
            ),
          ),
        )
        expect(sampled[1]).toEqual(sampled[0])
        await Promise.all([plain.close(), packed.close()])
      },
    ),
    { numRuns: 60 },
  )
})

it('compacts a series of many chunks, and goes on after it', async () => {
  const store = openMlopsStore({ path: ':memory:' })
  const { id } = await store.runs.create({ experimentId: '0' })
  const all = Array.from({ length: 10_000 }, (_, step) => ({ key: 'm', value: Math.sin(step), at: step, step }))
  for (let start = 0; start < all.length; start += 1000)
    await store.log.log(id, { metrics: all.slice(start, start + 1000) })
  expect(await store.compact()).toBe(0) // the run is open
  await store.runs.change(id, { kind: 'update', status: 'FINISHED' })
  expect(await store.compact()).toBe(10_000)
  const later = { key: 'm', value: 7, at: 10_000, step: 10_000 }
  await store.log.log(id, { metrics: [later] })
  await store.log.log(id, { metrics: [all[5] ?? later] }) // there already: within a chunk
  expect(await store.compact()).toBe(10_001)
  expect(await readAll(store, id, 3000)).toEqual([...all, later])
  expect((await store.runs.find(id))?.metrics['m']?.count).toBe(10_001)
  await store.close()
})

it('takes less than 8 bytes a point once compacted', async () => {
  const store = openMlopsStore({ path: ':memory:' })
  let seed = 7
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  // A loss as it is trained: falling, noisy in every digit, at times that jitter.
  let at = 1_700_000_000_000
  const points = Array.from({ length: 20_000 }, (_, step) => {
    at += 180 + Math.floor(40 * random())
    return storedPointOf({ key: 'm', value: Math.exp(-step / 5000) * (1 + 0.1 * random()), at, step })
  })
  let bytes = 0
  for (let start = 0; start < points.length; start += 4096)
    bytes += packPoints(points.slice(start, start + 4096)).length
  expect(bytes / points.length).toBeLessThan(8)
  await store.close()
})
