import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { StreamArchive } from '../../../application/ports/stream-archive.ts'
import { HostedStreams, type HostedStreamsDeps } from '../../../application/streaming/hosted/hosted-streams.ts'
import type { SampleReceipt } from '../../../application/streaming/hosted/sample-block.ts'
import { AnomalyDetectionError } from '../../../domain/errors.ts'
import type { AnomalyDetectionEvent } from '../../../domain/events.ts'
import { createFolderStreamArchive, type FolderStreamArchiveOptions } from './folder-stream-archive.ts'

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'nomaly-hosted-'))
})
afterAll(() => rm(scratch, { recursive: true }))

let folders = 0
const newFolder = (): string => join(scratch, `f${++folders}`)

interface Options {
  readonly retention?: FolderStreamArchiveOptions['retention']
  readonly snapshots?: HostedStreamsDeps['snapshots']
  readonly told?: AnomalyDetectionEvent[]
  readonly mostStreams?: number
}

function depsOf(told: AnomalyDetectionEvent[]): Omit<HostedStreamsDeps, 'archive'> {
  let ids = 0
  return {
    events: { publish: (event) => Promise.resolve(void told.push(event)) },
    clock: { now: () => 1000, monotonicMs: () => 0 },
    ids: { next: () => `e-${++ids}` },
    onFault: (error) => {
      throw error
    },
  }
}

function open(folder: string, { retention, told = [], ...more }: Options = {}): Promise<HostedStreams> {
  return HostedStreams.open({ ...depsOf(told), ...more, archive: createFolderStreamArchive({ folder, retention }) })
}

const samples = (count: number, start = 0): string[] =>
  Array.from({ length: count }, (_, i) => JSON.stringify({ v: Math.sin(start + i) + (start + i === 300 ? 50 : 0) }))

function push(
  streams: HostedStreams,
  name: string,
  lines: ReadonlyArray<string>,
  { line = 0, from }: { readonly line?: number; readonly from?: number } = {},
): Promise<SampleReceipt> {
  return streams.push(name, { bytes: new TextEncoder().encode(`${lines.join('\n')}\n`), line, from })
}

async function allResults(streams: HostedStreams, name: string): Promise<string[]> {
  const { results } = (await streams.get(name)) as { results: { first: number } } // of one that is open
  const { items } = await streams.read(name, { after: results.first - 1, limit: 1_000_000 })
  return items.map(({ id, json }) => `${id} ${json}`)
}

const PUMP = { name: 'pump', detector: 'ewma', calibrator: 'none', threshold: 8 } as const

describe('hosted streams', () => {
  it('acknowledge samples with the numbers of their results, and give these again', async () => {
    const told: AnomalyDetectionEvent[] = []
    const streams = await open(newFolder(), { told })
    await streams.create(PUMP)
    expect(await push(streams, 'pump', samples(300))).toEqual({
      accepted: 300,
      skipped: 0,
      lines: 300,
      first: 1,
      last: 300,
      anomalies: 0,
      next: 300,
      fault: undefined,
    })
    expect(await push(streams, 'pump', samples(100, 300))).toMatchObject({ first: 301, last: 400, anomalies: 1 })
    expect(await streams.get('pump')).toMatchObject({ samples: 400, results: { first: 1, last: 400 }, features: ['v'] })
    const page = await streams.read('pump', { after: 299, limit: 2 })
    expect(page).toMatchObject({ next: 301, first: 1, last: 400 })
    expect(page.items.map(({ id }) => id)).toEqual([300, 301])
    const result: unknown = JSON.parse(page.items[1]?.json ?? '')
    expect(result).toMatchObject({ index: 300, values: [expect.any(Number)], anomaly: true, alarm: 'start' })
    expect(await streams.get('pump')).toMatchObject({ threshold: expect.any(Number) })
    const anomalies = await streams.read('pump', { after: 0, limit: 10, isAnomaly: true })
    expect([anomalies.items.map(({ id }) => id), anomalies.next]).toEqual([[301], 400])
    expect(told.map(({ type, subject }) => [type, subject])).toEqual([['nomaly.anomaly.detected', 'pump']])
    await streams.close()
  })

  it('take samples once, however often they are sent from their number', async () => {
    const streams = await open(newFolder())
    await streams.create(PUMP)
    expect(await push(streams, 'pump', samples(10), { from: 0 })).toMatchObject({ accepted: 10, skipped: 0, next: 10 })
    expect(await push(streams, 'pump', samples(15), { from: 0 })).toMatchObject({ accepted: 5, skipped: 10, first: 11 })
    const gap = await push(streams, 'pump', samples(1), { from: 16 })
    expect(gap).toMatchObject({ accepted: 0, next: 15, fault: { line: 1, code: 'anomaly-detection/sample-gap' } })
    await streams.close()
  })

  it.each([
    ['no JSON', '{"v":', 'anomaly-detection/shape-mismatch'],
    ['a text', '"v"', 'anomaly-detection/shape-mismatch'],
    ['no number', '{"v":"abc"}', 'anomaly-detection/non-finite'],
  ])('stop at a line that is %s, keep what stood before, and go on when it is mended', async (_, bad, code) => {
    const folder = newFolder()
    const streams = await open(folder)
    await streams.create(PUMP)
    const lines = ['', ...samples(5), bad, ...samples(5, 6)]
    const receipt = await push(streams, 'pump', lines, { line: 10, from: 0 })
    expect(receipt).toMatchObject({ accepted: 5, next: 5, last: 5, lines: 7, fault: { line: 17, code } })
    const mended = await push(streams, 'pump', samples(11), { from: 0 })
    expect(mended).toMatchObject({ accepted: 6, skipped: 5, first: 6, last: 11 })
    const before = await allResults(streams, 'pump')
    await cp(folder, `${folder}-killed`, { recursive: true })
    const again = await open(`${folder}-killed`)
    expect(await allResults(again, 'pump')).toEqual(before)
    await streams.close()
    await again.close()
  })

  it('score pushes that come at once in their order, each as a whole', async () => {
    const streams = await open(newFolder())
    await streams.create(PUMP)
    const receipts = await Promise.all(Array.from({ length: 40 }, (_, i) => push(streams, 'pump', samples(10, i * 10))))
    expect(receipts.map(({ first, last }) => [first, last])).toEqual(
      Array.from({ length: 40 }, (_, i) => [i * 10 + 1, i * 10 + 10]),
    )
    await streams.close()
  })

  it('keep the newest results only, and say which are lost', async () => {
    const folder = newFolder()
    const streams = await open(folder, { retention: { results: 5000, bytes: 2 ** 30 } })
    await streams.create(PUMP)
    for (let i = 0; i < 4; i++) await push(streams, 'pump', samples(5000, i * 5000))
    const { results } = (await streams.get('pump')) as { results: { first: number; last: number } } // it is open
    expect(results.last).toBe(20_000)
    expect(results.first).toBeGreaterThan(20_000 - 5000 - 2 * 4096)
    expect(results.first).toBeLessThanOrEqual(15_001)
    await expect(streams.read('pump', { after: 7, limit: 1 })).rejects.toMatchObject({
      code: 'anomaly-detection/results-lost',
      message: expect.stringContaining(`the results 8 to ${results.first - 1} are not kept any more`),
      details: { after: 7, ...results },
    })
    await expect(streams.read('pump', { after: 20_001, limit: 1 })).rejects.toMatchObject({
      code: 'anomaly-detection/results-lost',
    })
    const kept = await allResults(streams, 'pump')
    expect(kept).toHaveLength(results.last - results.first + 1)
    expect(kept[0]).toMatch(new RegExp(`^${results.first} {"index":${results.first - 1},`))
    await streams.close()
    const again = await open(folder, { retention: { results: 5000, bytes: 2 ** 30 } })
    expect(await allResults(again, 'pump')).toEqual(kept)
    await again.close()
  })

  it('are refused for wrong options, a name that is taken, and when there are too many', async () => {
    const streams = await open(newFolder(), { mostStreams: 2 })
    const codeOf = (input: unknown): Promise<string> =>
      streams.create(input).then(
        () => 'made',
        (error: { code: string }) => error.code.replace('anomaly-detection/', ''),
      )
    expect(await codeOf({ name: '../up' })).toBe('invalid-options')
    expect(await codeOf({ name: 'a', colour: 'red' })).toBe('invalid-options')
    expect(await codeOf({ name: 'a', detector: 'crystal-ball' })).toBe('unknown-detector')
    expect(await codeOf({ name: 'a' })).toBe('made')
    expect(await codeOf({ name: 'a' })).toBe('stream-exists')
    expect(await codeOf({ name: 'b' })).toBe('made')
    expect(await codeOf({ name: 'c' })).toBe('too-many-streams')
    await streams.remove('a')
    expect(await codeOf({ name: 'c' })).toBe('made')
    await expect(streams.get('a')).rejects.toMatchObject({ code: 'anomaly-detection/unknown-stream' })
    expect((await streams.list()).map(({ name }) => name)).toEqual(['b', 'c'])
    await streams.close()
    await expect(streams.list()).rejects.toMatchObject({ code: 'anomaly-detection/stream-closed' })
  })

  it('say that a stream is damaged, and go on with the others', async () => {
    const folder = newFolder()
    const streams = await open(folder)
    for (const name of ['a', 'b']) {
      await streams.create({ ...PUMP, name })
      await push(streams, name, samples(10))
      await push(streams, name, samples(10, 10))
    }
    await cp(folder, `${folder}-killed`, { recursive: true })
    await streams.close()
    const path = join(`${folder}-killed`, 'a', 'journal-0.log')
    writeFileSync(path, readFileSync(path, 'utf8').replace('0.8414', '0.8415'))
    const again = await open(`${folder}-killed`)
    expect(await again.list()).toMatchObject([
      { name: 'a', state: 'failed', reason: expect.stringContaining('damaged at byte 0') },
      { name: 'b', state: 'ready', samples: 20 },
    ])
    await again.remove('a')
    await again.close()
  })
})

describe('a hosted stream whose disk fails', () => {
  const refused = new AnomalyDetectionError('anomaly-detection/storage-failed', 'no room')
  const faultyArchive = (folder: string, fails: (what: 'append' | 'save') => boolean): StreamArchive => {
    const archive = createFolderStreamArchive({ folder })
    const faulty: StreamArchive['open'] = async (name) => {
      const book = await archive.open(name)
      return {
        found: book.found,
        results: book.results,
        entities: book.entities,
        close: book.close,
        append: async (entries) => {
          await book.append(entries) // whole, and nobody is told
          if (fails('append')) throw refused
        },
        save: async (snapshot) => {
          if (fails('save')) throw refused
          await book.save(snapshot)
        },
      }
    }
    return { ...archive, open: faulty }
  }

  it.each(['append', 'save'] as const)('in %s goes on from what is kept', async (where) => {
    let left = 0
    const faults: unknown[] = []
    const streams = await HostedStreams.open({
      ...depsOf([]),
      archive: faultyArchive(newFolder(), (what) => what === where && left-- > 0),
      onFault: (error) => void faults.push(error),
      snapshots: { scoringMs: Infinity, journal: 1 },
    })
    await streams.create(PUMP)
    await push(streams, 'pump', samples(100), { from: 0 })
    left = 1
    const failing = push(streams, 'pump', samples(100, 100), { from: 100 })
    if (where === 'append') await expect(failing).rejects.toBe(refused)
    else expect(await failing).toMatchObject({ accepted: 100 })
    await push(streams, 'pump', [], {}).catch(() => undefined) // waits for the snapshot
    expect(faults).toEqual([refused])
    expect(await push(streams, 'pump', samples(250, 100), { from: 100 })).toMatchObject({ skipped: 100, next: 350 })
    const whole = await open(newFolder())
    await whole.create(PUMP)
    await push(whole, 'pump', samples(350))
    expect(await allResults(streams, 'pump')).toEqual(await allResults(whole, 'pump'))
    await streams.close()
    await whole.close()
  })
})

describe('a hosted stream whose process dies', () => {
  const variants = {
    'one model': { ...PUMP, drift: {} },
    'a model for each key, few of them live': {
      ...PUMP,
      key: 'host',
      liveKeys: 2,
      time: 't',
      order: { latenessMs: 5 },
    },
  } as const
  const lineOf = (i: number): string =>
    JSON.stringify({ v: Math.sin(i) + (i % 97 === 0 ? 30 : 0), t: i ^ 3, host: i % 5 })
  const BATCHES = 12
  const BATCH = 40

  it.each(Object.entries(variants))('at any byte of its journal loses and doubles nothing: %s', async (_, options) => {
    const folder = newFolder()
    const told: AnomalyDetectionEvent[] = []
    const whole = await open(folder, { told, snapshots: { scoringMs: Infinity, journal: 8000 } })
    await whole.create(options)
    const killed: { readonly folder: string; readonly acknowledged: number }[] = []
    for (let batch = 0; batch < BATCHES; batch++) {
      const lines = Array.from({ length: BATCH }, (_unused, i) => lineOf(batch * BATCH + i))
      const { next } = await push(whole, 'pump', lines, { from: batch * BATCH })
      killed.push({ folder: `${folder}-${batch}`, acknowledged: next })
      await push(whole, 'pump', []) // waits for a snapshot that goes on
      await cp(folder, `${folder}-${batch}`, { recursive: true })
    }
    const expected = await allResults(whole, 'pump')
    const counts = await whole.get('pump')
    await whole.close()
    let runs = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(BATCHES - 1), fc.nat(100_000), async (batch, cut) => {
        const from = killed[batch]?.folder ?? ''
        const copy = `${from}-run${++runs}`
        await cp(from, copy, { recursive: true })
        const [journal = ''] = readdirSync(join(copy, 'pump')).filter((name) => name.startsWith('journal-'))
        const path = join(copy, 'pump', journal)
        // what stood before the last entry was acknowledged; of the last nobody knows
        const size = statSync(path).size
        const last = readFileSync(path, 'latin1').lastIndexOf('{"bytes":')
        if (last >= 0) truncateSync(path, last + (cut % (size - last + 1)))
        writeFileSync(
          join(
            copy,
            'pump',
            journal.replace(/\d+/, (number) => String(Number(number) + 1)),
          ),
          '',
        ) // of a snapshot that was begun
        const again = await open(copy, { snapshots: { scoringMs: Infinity, journal: 8000 } })
        const { samples: taken } = (await again.get('pump')) as { samples: number } // it is open
        expect([batch * BATCH, (batch + 1) * BATCH]).toContain(taken)
        const rest = Array.from({ length: BATCHES * BATCH - batch * BATCH }, (_unused, i) => lineOf(batch * BATCH + i))
        await push(again, 'pump', rest, { from: batch * BATCH })
        expect(await allResults(again, 'pump')).toEqual(expected)
        expect(await again.get('pump')).toEqual(counts)
        await again.close()
        await rm(copy, { recursive: true })
      }),
      { numRuns: 25 },
    )
  })

  it('tells its events again that may not have been told, and no others', async () => {
    const folder = newFolder()
    const streams = await open(folder)
    await streams.create(PUMP)
    await push(streams, 'pump', samples(320))
    await push(streams, 'pump', samples(5, 320))
    await cp(folder, `${folder}-killed`, { recursive: true })
    await push(streams, 'pump', [...samples(5, 325), '{"v":-50}'])
    await cp(folder, `${folder}-killed-late`, { recursive: true })
    await streams.close()
    const told: AnomalyDetectionEvent[] = []
    const later: AnomalyDetectionEvent[] = []
    for (const [path, events] of [
      [`${folder}-killed`, told],
      [`${folder}-killed-late`, later],
    ] as const) {
      const again = await open(path, { told: events })
      await again.list()
      await again.close()
    }
    expect(told).toEqual([])
    expect(later).toMatchObject([{ data: { anomalies: [{ index: 330 }] } }])
  })
})
