import { appendFile, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { resultStoreContract } from '../../testing/result-store-contract.ts'
import { createFolderFeedbackStore } from './folder-feedback-store.ts'
import { createFolderResultStore } from './folder-result-store.ts'

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

async function opened() {
  const folder = await mkdtemp(join(tmpdir(), 'nomaly-results-'))
  folders.push(folder)
  return { folder, results: createFolderResultStore({ folder }), feedback: createFolderFeedbackStore({ folder }) }
}

const draft = {
  dataset: { id: null, name: 'pumps.csv', sha256: null },
  createdAt: 1,
  durationMs: 1,
  algorithm: 'mad',
  parameters: {},
  options: {},
  columns: ['a'],
  threshold: 1,
  bands: false,
} as const

async function keep({ results }: Awaited<ReturnType<typeof opened>>, id: string) {
  const writer = await results.write(id)
  await writer.append({ score: Float64Array.of(1, 2, 3) })
  await writer.finish(draft)
}

describe('results in a folder', () => {
  resultStoreContract(it, opened)

  it('are raw numbers, which any program reads', async () => {
    const stores = await opened()
    await keep(stores, 'r-1')
    const bytes = await readFile(join(stores.folder, 'r-1', 'scores.f64'))
    expect([bytes.length, bytes.readDoubleLE(0), bytes.readDoubleLE(16)]).toEqual([24, 1, 3])
    expect((await readFile(join(stores.folder, 'r-1', 'order.u32'))).readUInt32LE(0)).toBe(2)
  })

  it('sweep what was left half done, but what is wanted', async () => {
    const { folder, results } = await opened()
    for (const id of ['lost', 'wanted']) {
      const writer = await results.write(id)
      await writer.append({ score: Float64Array.of(1) })
      await writer.leave()
    }
    await results.sweep((id) => id === 'wanted')
    expect(await readdir(join(folder, '.incoming'))).toEqual(['wanted'])
  })

  it('tell of files that somebody cut short', async () => {
    const stores = await opened()
    await keep(stores, 'r-1')
    await truncate(join(stores.folder, 'r-1', 'scores.f64'), 8)
    const { read } = await stores.results.open('r-1')
    await expect(read('score', 0, 3)).rejects.toMatchObject({ code: 'anomaly-detection/corrupt-result' })
    await truncate(join(stores.folder, 'r-1', 'result.json'), 8)
    await expect(stores.results.open('r-1')).rejects.toMatchObject({ code: 'anomaly-detection/corrupt-result' })
  })

  it('lose no feedback to a line that a crash cut short, nor to a file written anew', async () => {
    const stores = await opened()
    await keep(stores, 'r-1')
    const path = join(stores.folder, 'r-1', 'feedback.jsonl')
    await stores.feedback.put('r-1', { row: 1, verdict: 'true_alarm', at: 1 })
    await appendFile(path, '{"row":2,"verdict":"fal')
    expect([...(await stores.feedback.list('r-1')).keys()]).toEqual([1])
    await stores.feedback.put('r-1', { row: 0, verdict: 'false_alarm', at: 2 })
    const again = createFolderFeedbackStore({ folder: stores.folder })
    expect([...(await again.list('r-1')).keys()]).toEqual([0, 1])
    await appendFile(path, '{"row":0,"verdict":"true_alarm","at":3}\n'.repeat(1100))
    await again.put('r-1', { row: 2, verdict: 'true_alarm', at: 4 })
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(4)
    expect([...(await stores.feedback.list('r-1')).values()].map(({ row, at }) => [row, at])).toEqual([
      [0, 3],
      [1, 1],
      [2, 4],
    ])
  })
})
