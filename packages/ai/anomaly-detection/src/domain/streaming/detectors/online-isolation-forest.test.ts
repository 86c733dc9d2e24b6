import { adbench, hasReferenceData, referenceNote } from '@nomaly/tool-laws'
import { expect, it } from 'vitest'

import { rocAuc } from '../../metrics/roc-auc.ts'
import { randomStream } from '../../numeric/random-stream.ts'
import { OnlineIsolationForest } from './online-isolation-forest.ts'
import { expectedDepth } from './online-isolation-tree.ts'

interface TreeState {
  readonly size: number
  readonly kinds: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>
}

it('a tree holds the last samples: each node as many as its children, however often it grew and shrank', () => {
  const { next } = randomStream(3)
  const detector = new OnlineIsolationForest(2, randomStream(1), { trees: 5, window: 200, leafSamples: 3 })
  const splits = new Set<number>()
  for (let i = 0; i < 1500; i++) {
    const place = i < 700 ? 0 : 50 * next()
    detector.learnOne([place + next(), next() ** 4])
    if (i % 50 !== 0) continue
    const { forest } = detector.toJSON() as unknown as { readonly forest: ReadonlyArray<TreeState> }
    for (const { size, kinds, counts } of forest) {
      expect(size).toBe(Math.min(i + 1, 200))
      expect(counts[0]).toBe(size)
      splits.add(kinds.filter((kind) => kind === 2).length)
      for (const [node, kind] of kinds.entries())
        if (kind === 2) expect((counts[2 * node + 1] ?? 0) + (counts[2 * node + 2] ?? 0)).toBe(counts[node])
    }
  }
  expect(splits.size).toBeGreaterThan(5)
})

it('a window of 2048 in leaves of 32 is expected to be log4(64) = 3 deep', () => {
  expect(expectedDepth(2048, 32)).toBeCloseTo(3, 12)
  expect(expectedDepth(31, 32)).toBe(0)
})

it.skipIf(!hasReferenceData)(`ranks Shuttle, as it comes, with a ROC AUC of 0.98 and more${referenceNote}`, () => {
  const { data, rows, columns, labels } = adbench('shuttle')
  const detector = new OnlineIsolationForest(columns, randomStream(1), { trees: 32, window: 2048, leafSamples: 32 })
  const scores = Float64Array.from({ length: rows }, (_, row) =>
    detector.scoreThenLearn(data.subarray(row * columns, (row + 1) * columns)),
  )
  expect(rocAuc(scores.subarray(128), labels.subarray(128))).toBeGreaterThan(0.98)
})
