import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { AnomalyStream } from '../../application/streaming/anomaly-stream.ts'
import { streamStateStoreContract } from '../../testing/stream-state-store-contract.ts'
import { createMemoryStreamStateStore } from './memory-stream-state-store.ts'
import { openSqliteStreamStateStore } from './sqlite-stream-state-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-stores-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a store in memory', () => streamStateStoreContract(it, () => Promise.resolve(createMemoryStreamStateStore())))
describe('a store in SQLite', () =>
  streamStateStoreContract(it, () => Promise.resolve(openSqliteStreamStateStore(':memory:'))))

const samples = Array.from({ length: 4000 }, (_, i) => ({
  host: `h${(i * 37) % 50}`,
  v: Math.sin(i) + (i % 997 === 0 ? 9 : 0),
}))
const options = { detector: 'ewma', key: 'host', falseAlarms: 0.01 } as const
const scoresOf = (stream: AnomalyStream, from = 0): ReadonlyArray<number> =>
  samples.slice(from).flatMap((sample) => stream.push(sample).map(({ score }) => score))

describe('entities in a store', () => {
  const expected = scoresOf(new AnomalyStream(options))

  it.each([
    ['memory', createMemoryStreamStateStore],
    ['SQLite', () => openSqliteStreamStateStore(':memory:')],
  ] as const)('come back from %s with the same scores', (_, make) => {
    const stream = new AnomalyStream({ ...options, liveKeys: 4 }, { store: make() })
    expect(scoresOf(stream)).toEqual(expected)
    expect(stream.counts.forgotten).toBe(0)
  })

  it('go on from the last state after a crash, though more was put away since', () => {
    const path = join(folder, 'keys.db')
    const store = openSqliteStreamStateStore(path)
    const stream = new AnomalyStream({ ...options, liveKeys: 4 }, { store })
    let kept = ''
    for (const [i, sample] of samples.slice(0, 3000).entries()) {
      stream.push(sample)
      if (i % 900 === 899) kept = JSON.stringify(stream)
    }
    store.close() // what a crash leaves of it
    const from: unknown = JSON.parse(kept)
    const again = openSqliteStreamStateStore(path)
    expect(scoresOf(new AnomalyStream({ from }, { store: again }), 2700)).toEqual(expected.slice(2700))
    again.close()
  })

  it('are looked for where they are', () => {
    const stream = new AnomalyStream(options, { store: createMemoryStreamStateStore() })
    scoresOf(stream)
    const from: unknown = JSON.parse(JSON.stringify(stream))
    expect(() => new AnomalyStream({ from })).toThrow(/are in a store/)
    expect(() => new AnomalyStream({ from }, { store: createMemoryStreamStateStore() })).toThrow(
      /cannot go back to mark/,
    )
  })
})
