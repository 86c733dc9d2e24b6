import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Feedback } from '../../domain/results/feedback.ts'
import { createFolderResultStore, type FolderResultStore } from '../../infrastructure/results/folder-result-store.ts'
import { NO_ENTITY } from '../ports/result-store.ts'
import { resultPage } from './result-page.ts'
import type { RowFilter } from './row-filter.ts'

let folder: string
let results: FolderResultStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nomaly-pages-'))
  results = createFolderResultStore({ folder })
})
afterAll(() => rm(folder, { recursive: true }))

const thresholds = [2, 4, null] as const
const score = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 6 }) }, fc.constant(Number.NaN))
const entity = fc.constantFrom(0, 1, 2, NO_ENTITY)
const verdicts = fc.dictionary(fc.nat(40).map(String), fc.constantFrom('true_alarm' as const, 'false_alarm' as const))
const filters: fc.Arbitrary<RowFilter> = fc.record(
  {
    anomalies: fc.boolean(),
    minScore: fc.integer({ min: 0, max: 6 }),
    maxScore: fc.integer({ min: 0, max: 6 }),
    verdict: fc.constantFrom('true_alarm', 'false_alarm', 'none'),
    key: fc.constantFrom('k0', 'k1', 'k9'),
  },
  { requiredKeys: [] },
)

let made = 0
async function keep(scores: Float64Array, entities: Uint32Array, isSeries: boolean) {
  const id = `r-${made++}`
  const writer = await results.write(id)
  const none = new Float64Array(scores.length).fill(Number.NaN)
  await writer.append({ score: scores, ...(isSeries && { entity: entities, time: none, value: none }) })
  const series = thresholds.map((threshold, at) => ({ key: `k${at}`, rows: 0, anomalies: 0, highest: null, threshold }))
  await writer.finish({
    dataset: { id: null, name: '', sha256: null },
    createdAt: 0,
    durationMs: 0,
    algorithm: '',
    parameters: {},
    options: {},
    columns: [],
    threshold: isSeries ? null : 3,
    ...(isSeries && { series: { time: 't', value: 'v', key: 'k', entities: series } }),
    bands: false,
  })
  return results.open(id)
}

it('pages are those of a plain filter and sort, in both orders, whatever their size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(score, entity), { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      filters,
      verdicts,
      fc.constantFrom('row' as const, 'score' as const),
      fc.integer({ min: 1, max: 12 }),
      async (given, isSeries, filter, said, sort, limit) => {
        const kept = await keep(
          Float64Array.from(given, ([one]) => one),
          Uint32Array.from(given, ([, at]) => at),
          isSeries,
        )
        const feedback = new Map<number, Feedback>(
          Object.entries(said)
            .map(([row, verdict]) => [Number(row), { row: Number(row), verdict, at: 0 }] as const)
            .filter(([row]) => row < given.length),
        )
        const { anomalies, minScore, maxScore, verdict, key } = filter
        const isAnomaly = ([one, at]: readonly [number, number]): boolean =>
          one > (isSeries ? (thresholds[at] ?? Infinity) : 3)
        const plain = given
          .map((one, row) => ({ row, score: one[0], key: isSeries ? `k${one[1]}` : '', anomaly: isAnomaly(one) }))
          .filter((one) => anomalies === undefined || one.anomaly === anomalies)
          .filter((one) => minScore === undefined || one.score >= minScore)
          .filter((one) => maxScore === undefined || one.score <= maxScore)
          .filter((one) => key === undefined || one.key === key)
          .filter(({ row }) => verdict === undefined || (feedback.get(row)?.verdict ?? 'none') === verdict)
        const height = (one: { readonly score: number }): number => (Number.isNaN(one.score) ? -1 : one.score)
        if (sort === 'score') plain.sort((a, b) => height(b) - height(a) || a.row - b.row)
        const found: Array<readonly [number, boolean]> = []
        for (let cursor: string | undefined; ;) {
          const page = await resultPage(kept, feedback, { filter, sort, limit, cursor })
          expect(page.rows.length).toBeLessThanOrEqual(limit)
          found.push(...page.rows.map(({ row, anomaly }) => [row, anomaly] as const))
          cursor = page.next
          if (cursor === undefined) break
        }
        expect(found).toEqual(plain.map(({ row, anomaly }) => [row, anomaly]))
      },
    ),
    { numRuns: 60 },
  )
})
