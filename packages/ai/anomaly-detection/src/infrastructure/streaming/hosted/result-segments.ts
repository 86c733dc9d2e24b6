/** Results in files of some thousands each, `results-<number of the first>.jsonl`; the oldest file goes when there are too many. */
import { type FileHandle, open, readdir, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'

import type { StreamResultLog } from '../../../application/ports/stream-archive.ts'
import { ReadPlaces } from './read-places.ts'
import { linesFrom } from './segment-lines.ts'
import { stored } from './stored.ts'

/** How many results are kept. */
export interface ResultRetention {
  /** The newest of them, >= 1. */
  readonly results: number
  /** Their bytes, >= 1. */
  readonly bytes: number
}

/** Where a log stood, as a snapshot has it. */
export interface ResultsPosition {
  /** The number of the last result. */
  readonly last: number
  /** The first of the newest file, and the bytes of it. */
  readonly segment: number
  readonly bytes: number
}

interface Segment {
  readonly first: number
  count: number
  bytes: number
}

const MOST_IN_SEGMENT = 4096
const SEGMENTS = 16 // that the bytes are spread over
const NAME = /^results-(\d+)\.jsonl$/

/** A log of results in a folder. */
export class ResultSegments implements StreamResultLog {
  readonly #folder: string
  readonly #retention: ResultRetention
  readonly #segments: Segment[]
  readonly #places = new ReadPlaces()
  #newest: FileHandle | undefined
  #last: number

  private constructor(folder: string, retention: ResultRetention, segments: Segment[], last: number) {
    this.#folder = folder
    this.#retention = retention
    this.#segments = segments
    this.#last = last
  }

  /** Opens a log, and goes back to where it stood. @throws AnomalyDetectionError `storage-failed` */
  static open(
    folder: string,
    retention: ResultRetention,
    { last, segment, bytes }: ResultsPosition,
  ): Promise<ResultSegments> {
    return stored(folder, async () => {
      const firsts = await firstsIn(folder)
      for (const first of firsts.filter((one) => one > segment)) await rm(pathOf(folder, first))
      const known = firsts.filter((one) => one <= segment)
      const segments: Segment[] = []
      for (const [i, first] of known.entries()) {
        if (first === segment) await truncate(pathOf(folder, first), bytes)
        const { size } = await stat(pathOf(folder, first))
        segments.push({ first, count: (known[i + 1] ?? last + 1) - first, bytes: size })
      }
      return new ResultSegments(folder, retention, segments, last)
    })
  }

  readonly range: StreamResultLog['range'] = () => ({
    first: this.#segments[0]?.first ?? this.#last + 1,
    last: this.#last,
  })

  /** Where it stands. */
  get position(): ResultsPosition {
    const { first, bytes } = this.#segments.at(-1) ?? { first: this.#last + 1, bytes: 0 }
    return { last: this.#last, segment: first, bytes }
  }

  readonly add: StreamResultLog['add'] = (results) =>
    stored(this.#folder, async () => {
      for (let at = 0; at < results.length;) {
        const segment = await this.#segmentToWrite()
        const part = results.slice(at, at + MOST_IN_SEGMENT - segment.count)
        const text = Buffer.from(`${part.join('\n')}\n`)
        await this.#newest?.appendFile(text)
        segment.count += part.length
        segment.bytes += text.length
        this.#last += part.length
        at += part.length
      }
    })

  readonly read: StreamResultLog['read'] = (first, limit) =>
    stored(this.#folder, async () => {
      const lines: string[] = []
      for (const segment of this.#segments.filter((one) => one.first + one.count > first)) {
        if (lines.length >= limit) break
        lines.push(...(await this.#readIn(segment, Math.max(first, segment.first), limit - lines.length)))
      }
      return lines
    })

  /** Makes what was added safe. @throws AnomalyDetectionError `storage-failed` */
  flush(): Promise<void> {
    return stored(this.#folder, async () => this.#newest?.datasync())
  }

  async close(): Promise<void> {
    await this.#newest?.close()
  }

  async #readIn({ first: start, count, bytes }: Segment, first: number, limit: number): Promise<ReadonlyArray<string>> {
    const from = this.#places.before(first, start)
    const to = Math.min(first + limit, start + count)
    const file = await open(pathOf(this.#folder, start)).catch(absent)
    if (file === undefined) return [] // it has just gone
    try {
      const { lines, end } = await linesFrom(file, from.offset, bytes, to - from.number)
      this.#places.keep({ number: from.number + lines.length, offset: end })
      return lines.slice(first - from.number)
    } finally {
      await file.close()
    }
  }

  async #segmentToWrite(): Promise<Segment> {
    const newest = this.#segments.at(-1)
    const mostBytes = this.#retention.bytes / SEGMENTS
    const isFull = newest === undefined || newest.count >= MOST_IN_SEGMENT || newest.bytes >= mostBytes
    if (!isFull && this.#newest !== undefined) return newest
    if (isFull) {
      await this.#newest?.datasync()
      await this.#newest?.close()
      this.#newest = undefined
      await this.#forgetOldest()
    }
    const segment = isFull ? { first: this.#last + 1, count: 0, bytes: 0 } : newest
    this.#newest = await open(pathOf(this.#folder, segment.first), 'a')
    if (isFull) this.#segments.push(segment)
    return segment
  }

  async #forgetOldest(): Promise<void> {
    const { results, bytes } = this.#retention
    for (;;) {
      const [oldest, next] = this.#segments
      if (oldest === undefined || next === undefined) return
      const size = this.#segments.reduce((sum, one) => sum + one.bytes, 0)
      if (this.#last + 1 - next.first < results && size <= bytes) return
      this.#segments.shift()
      await rm(pathOf(this.#folder, oldest.first), { force: true })
    }
  }
}

const pathOf = (folder: string, first: number): string => join(folder, `results-${first}.jsonl`)

async function firstsIn(folder: string): Promise<ReadonlyArray<number>> {
  const names = await readdir(folder)
  return names
    .map((name) => Number(NAME.exec(name)?.[1]))
    .filter((first) => Number.isSafeInteger(first))
    .sort((a, b) => a - b)
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
