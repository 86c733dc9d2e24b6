import { AnomalyDetectionError } from '../../../domain/errors.ts'
import type { FoundStream, StreamBook, StreamRecord } from '../../ports/stream-archive.ts'
import type { PublishingDeps } from '../../publish-detection.ts'
import { AnomalyStream } from '../anomaly-stream.ts'
import { parseStreamingOptions } from '../streaming-options.ts'
import { scoreBlock, type ScoredBlock, takenBy, TURN_MS } from './block-scoring.ts'
import type { HostedStreamInfo } from './hosted-stream-info.ts'
import { keptStreamOf } from './kept-stream.ts'
import { MutedPublisher } from './muted-publisher.ts'
import type { SampleBlock, SampleReceipt } from './sample-block.ts'

/** When a stream's state is kept anew. */
export interface SnapshotLimits {
  /** Milliseconds of scoring, and so of a replay. */
  readonly scoringMs: number
  /** Characters of the journal. */
  readonly journal: number
}

/** What a hosted stream needs. */
export interface HostedStreamDeps extends PublishingDeps {
  /** Told of events that could not be handed over: the samples are taken all the same. */
  readonly onFault: (error: unknown) => void
  readonly snapshots: SnapshotLimits
}

const MOST_IN_ONE_FLUSH = 16 // blocks
const LEAST_PACE = 20 // scoring takes so much longer than keeping states

interface Waiting {
  readonly block: SampleBlock
  readonly resolve: (receipt: SampleReceipt) => void
  readonly reject: (error: unknown) => void
}

/**
 * One stream and all that is kept of it. Blocks are taken in the order of `push`; what is acknowledged survives the death of
 * the process, as the journal is replayed over the last snapshot: the same samples give the same results.
 */
export class HostedStream {
  readonly #record: StreamRecord
  readonly #book: StreamBook
  readonly #deps: HostedStreamDeps
  readonly #stream: AnomalyStream
  readonly #publisher: MutedPublisher
  readonly #waiting: Waiting[] = []
  #work: Promise<void> | undefined
  #told = 0
  #scoringMs = 0 // since the last snapshot
  #journal = 0
  #saveMs = 0
  #isClosed = false
  /** Why it cannot go on: to be opened again. */
  failure: unknown
  /** Called when there are new results. */
  onResults: () => void = () => undefined

  private constructor(record: StreamRecord, book: StreamBook, snapshot: unknown, deps: HostedStreamDeps) {
    this.#record = record
    this.#book = book
    this.#deps = deps
    this.#publisher = new MutedPublisher(deps.events)
    const publishing = { ...deps, events: this.#publisher }
    const kept = snapshot === undefined ? undefined : keptStreamOf(snapshot)
    const options = parseStreamingOptions(record.options)
    const store = options.key === undefined ? undefined : book.entities()
    this.#stream = new AnomalyStream(kept === undefined ? options : { from: kept.stream }, { publishing, store })
    this.#told = kept?.told ?? 0
  }

  /** Opens a stream, and goes to where it stood. @throws AnomalyDetectionError `invalid-stream-state`, `invalid-options`, `storage-failed` */
  static async open(record: StreamRecord, book: StreamBook, deps: HostedStreamDeps): Promise<HostedStream> {
    const { snapshot, journal } = book.found()
    const opened = new HostedStream(record, book, snapshot, deps)
    await opened.#replay(journal)
    return opened
  }

  get info(): HostedStreamInfo {
    const { name, createdAt } = this.#record
    const { options, features = null, threshold = null, counts } = this.#stream
    const results = this.#book.results.range()
    const samples = takenBy(this.#stream)
    return { name, createdAt, state: 'ready', options, features, threshold, samples, results, counts }
  }

  get results(): StreamBook['results'] {
    return this.#book.results
  }

  /** Takes samples after those of earlier calls; resolves when they are safe. @throws AnomalyDetectionError `storage-failed`, `stream-closed` */
  push(block: SampleBlock): Promise<SampleReceipt> {
    if (this.#isClosed || this.failure !== undefined) return Promise.reject(streamClosed(this.#record.name))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ block, resolve, reject })
      this.#work ??= this.#takeAll()
    })
  }

  /** Ends what is under way, keeps where it stands, and lets go. */
  async close({ isGone = false }: { readonly isGone?: boolean } = {}): Promise<void> {
    this.#isClosed = true
    try {
      await this.#work
      if (!isGone && this.failure === undefined && this.#journal > 0) await this.#save()
    } finally {
      await this.#book.close()
    }
  }

  async #takeAll(): Promise<void> {
    for (let group = this.#nextGroup(); group.length > 0; group = this.#nextGroup()) {
      try {
        await this.#take(group)
        if (this.#isSnapshotDue()) await this.#save()
      } catch (error) {
        this.failure = error // memory is ahead of what is kept
        this.#deps.onFault(error)
        for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(error) // changes nothing for those resolved
      }
    }
    this.#work = undefined
  }

  #nextGroup(): ReadonlyArray<Waiting> {
    return this.#waiting.splice(0, MOST_IN_ONE_FLUSH)
  }

  async #take(group: ReadonlyArray<Waiting>): Promise<void> {
    const told = this.#told
    const scored: ScoredBlock[] = []
    for (const { block } of group) scored.push(await this.#timed(() => scoreBlock(this.#stream, block)))
    const entries = scored.filter(({ journal }) => journal !== '').map(({ journal: lines }) => ({ lines, told }))
    if (entries.length > 0) await this.#book.append(entries)
    for (const { lines } of entries) this.#journal += lines.length
    const receipts: SampleReceipt[] = []
    for (const one of scored) receipts.push(await this.#publishResults(one))
    await this.#settleEvents()
    for (const [i, receipt] of receipts.entries()) group[i]?.resolve(receipt)
    this.onResults()
  }

  async #publishResults({ results, journal: _, ...counts }: ScoredBlock): Promise<SampleReceipt> {
    if (results.length === 0) return { ...counts, first: null, last: null }
    const first = this.#book.results.range().last + 1
    await this.#book.results.add(results)
    return { ...counts, first, last: first + results.length - 1 }
  }

  async #settleEvents(): Promise<void> {
    const { received } = this.#stream.counts
    await this.#stream.settled().catch((error: unknown) => this.#deps.onFault(error))
    this.#told = received
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now()
    const outcome = await work()
    this.#scoringMs += performance.now() - start
    return outcome
  }

  #isSnapshotDue(): boolean {
    const { scoringMs, journal } = this.#deps.snapshots
    return this.#journal >= journal || this.#scoringMs >= Math.max(scoringMs, LEAST_PACE * this.#saveMs)
  }

  async #save(): Promise<void> {
    const start = performance.now()
    while (!this.#stream.putAway(TURN_MS)) await new Promise((resolve) => setTimeout(resolve)) // others have their turn
    await this.#book.save({ told: this.#told, stream: this.#stream.toJSON() })
    this.#saveMs = performance.now() - start
    this.#scoringMs = 0
    this.#journal = 0
  }

  async #replay(found: FoundStream['journal']): Promise<void> {
    const told = found.at(-1)?.told ?? 0
    const encoder = new TextEncoder()
    for (const { lines } of found) {
      this.#publisher.isMuted = this.#stream.counts.received < told
      const { results } = await this.#timed(() => this.#scoreAgain(encoder.encode(lines)))
      await this.#book.results.add(results)
      await this.#settleEvents()
      this.#journal += lines.length
    }
    this.#publisher.isMuted = false
  }

  // A line that was refused ends a block, and so an entry of the journal.
  #scoreAgain(bytes: Uint8Array<ArrayBuffer>): Promise<ScoredBlock> {
    return scoreBlock(this.#stream, { bytes, line: 0 })
  }
}

/** Says that a stream takes no more. */
export function streamClosed(name: string): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/stream-closed',
    `the stream '${name}' takes nothing any more: it was removed, or the service ends; try again`,
    { name },
  )
}
