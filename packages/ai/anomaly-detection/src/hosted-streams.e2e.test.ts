import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { AnomalyDetectionEvent } from '@nomaly/ai-anomaly-detection'
import { openStreamThread, type StreamThread } from '@nomaly/ai-anomaly-detection/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'nomaly-stream-thread-'))
})
afterAll(() => rm(scratch, { recursive: true }))

let streams: StreamThread
afterEach(() => streams.close())

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `{"v":${i === 300 ? 50 : Math.sin(i)}}\n`).join('')
const PUMP = { name: 'pump', detector: 'ewma', calibrator: 'none', threshold: 8 }

describe('streams on a thread', () => {
  it('take samples, tell their events, and give results, as those on this thread do', async () => {
    const told: AnomalyDetectionEvent[] = []
    const faults: unknown[] = []
    streams = await openStreamThread({
      folder: join(scratch, 'a'),
      events: { publish: (event) => (told.push(event), Promise.reject(new Error('nobody is there'))) },
      onFault: (error) => void faults.push(error),
    })
    await streams.create(PUMP)
    let rings = 0
    streams.onChange('pump', () => rings++)
    expect(await streams.push('pump', { bytes: bytesOf(lines(400)), line: 0 })).toMatchObject({
      last: 400,
      anomalies: 1,
    })
    const { items } = await streams.read('pump', { after: 0, limit: 10, isAnomaly: true })
    expect(items.map(({ id }) => id)).toEqual([301])
    expect(told.map(({ type, subject }) => [type, subject])).toEqual([['nomaly.anomaly.detected', 'pump']])
    expect(faults).toMatchObject([{ message: expect.stringContaining('nobody is there') }])
    expect(rings).toBe(1)
    await expect(streams.get('none')).rejects.toMatchObject({ code: 'anomaly-detection/unknown-stream' })
    await streams.close()
    await expect(streams.list()).rejects.toMatchObject({ code: 'anomaly-detection/stream-closed' })
  })

  it('go on from what is kept when the thread dies for want of memory', async () => {
    const faults: unknown[] = []
    streams = await openStreamThread({
      folder: join(scratch, 'b'),
      events: { publish: () => Promise.resolve() },
      onFault: (error) => void faults.push(error),
      mostHeapMb: 48, // three times what the code itself takes
    })
    await streams.create(PUMP)
    await streams.push('pump', { bytes: bytesOf(lines(400)), line: 0 })
    await streams.create({ name: 'many', key: 'k', detector: 'surprise', liveKeys: 1_000_000, missing: 'carry' })
    const keys = Array.from({ length: 300_000 }, (_, i) => `{"k":"k${i}","v":1}\n`).join('')
    await expect(streams.push('many', { bytes: bytesOf(keys), line: 0 })).rejects.toMatchObject({
      code: 'anomaly-detection/worker-failed',
      message: expect.stringContaining('memory'),
    })
    expect(faults).toHaveLength(1)
    expect(await streams.get('pump')).toMatchObject({ samples: 400, results: { first: 1, last: 400 } })
    expect(await streams.get('many')).toMatchObject({ samples: 0 })
  })
})
