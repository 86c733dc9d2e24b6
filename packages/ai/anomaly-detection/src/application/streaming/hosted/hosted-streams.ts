import { AnomalyDetectionError } from '../../../domain/errors.ts'
import type { StreamArchive, StreamRecord } from '../../ports/stream-archive.ts'
import type { PublishingDeps } from '../../publish-detection.ts'
import { streamBlueprint } from '../stream-blueprint.ts'
import { parseHostedStreamOptions, type ResolvedStreamingOptions } from '../streaming-options.ts'
import type { HostedStreamInfo } from './hosted-stream-info.ts'
import { HostedStream, type SnapshotLimits, streamClosed } from './hosted-stream.ts'
import { readResults } from './read-results.ts'
import type { StreamHost } from './stream-host.ts'
import { StreamListeners } from './stream-listeners.ts'

/** What hosted streams need. */
export interface HostedStreamsDeps extends PublishingDeps {
  /** Used by nobody else. */
  readonly archive: StreamArchive
  /** Told of faults that no caller sees. */
  readonly onFault: (error: unknown) => void
  /** Told of each stream that has new results, or is gone. */
  readonly onChange?: ((name: string) => void) | undefined
  /** The most streams, >= 1; default 100. */
  readonly mostStreams?: number | undefined
  /** When states are kept anew; default after 2,000 ms of scoring or 16,777,216 characters of samples. */
  readonly snapshots?: SnapshotLimits | undefined
}

const MOST_STREAMS = 100
const SNAPSHOTS: SnapshotLimits = { scoringMs: 2000, journal: 2 ** 24 }

/** Streams over what is kept of them. A stream is opened when it is first asked for, and stays open. */
export class HostedStreams implements StreamHost {
  readonly #deps: HostedStreamsDeps
  readonly #records = new Map<string, StreamRecord>()
  readonly #open = new Map<string, Promise<HostedStream>>()
  readonly #listeners = new StreamListeners()
  #isClosed = false

  private constructor(deps: HostedStreamsDeps, records: ReadonlyArray<StreamRecord>) {
    this.#deps = deps
    for (const record of records) this.#records.set(record.name, record)
  }

  /** Finds what is kept. @throws AnomalyDetectionError `storage-failed` */
  static async open(deps: HostedStreamsDeps): Promise<HostedStreams> {
    return new HostedStreams(deps, await deps.archive.list())
  }

  readonly create: StreamHost['create'] = async (input) => {
    const options = parseHostedStreamOptions(input)
    const { name } = options
    refuseWrong(options)
    const most = this.#deps.mostStreams ?? MOST_STREAMS
    if (this.#records.has(name)) throw streamExists(name)
    if (this.#isClosed) throw streamClosed(name)
    if (this.#records.size >= most) {
      const message = `there are ${this.#records.size} streams, and no more than ${most} are allowed; remove one first`
      throw new AnomalyDetectionError('anomaly-detection/too-many-streams', message, { most })
    }
    const record = { name, createdAt: this.#deps.clock.now(), options }
    this.#records.set(name, record)
    try {
      await this.#deps.archive.create(record)
    } catch (error) {
      this.#records.delete(name)
      throw error
    }
    return (await this.#stream(name)).info
  }

  readonly list: StreamHost['list'] = () =>
    Promise.all([...this.#records.keys()].sort((a, b) => (a < b ? -1 : 1)).map((name) => this.get(name)))

  readonly get: StreamHost['get'] = async (name) => {
    const { createdAt } = this.#recordOf(name)
    return this.#stream(name).then(
      (stream) => stream.info,
      (error: unknown): HostedStreamInfo => {
        const reason = error instanceof Error ? error.message : String(error)
        return { name, createdAt, state: 'failed', reason }
      },
    )
  }

  readonly remove: StreamHost['remove'] = async (name) => {
    this.#recordOf(name)
    const open = this.#open.get(name)
    this.#records.delete(name)
    this.#open.delete(name)
    const stream = await open?.catch(() => undefined) // one that cannot be opened can be removed
    await stream?.close({ isGone: true })
    await this.#deps.archive.remove(name)
    this.#tell(name)
  }

  readonly push: StreamHost['push'] = async (name, block) => (await this.#stream(name)).push(block)

  readonly read: StreamHost['read'] = async (name, query) => readResults((await this.#stream(name)).results, query)

  readonly onChange: StreamHost['onChange'] = (name, listener) => this.#listeners.add(name, listener)

  /** Ends what is under way, and keeps where every stream stands. */
  async close(): Promise<void> {
    this.#isClosed = true
    const streams = [...this.#open.values()]
    this.#open.clear()
    for (const opening of streams) {
      const stream = await opening.catch(() => undefined) // whoever asked for it was told
      await stream?.close().catch((error: unknown) => this.#deps.onFault(error)) // its journal has what the snapshot has not
    }
  }

  // One that failed is opened again, from what is kept of it.
  async #stream(name: string): Promise<HostedStream> {
    const record = this.#recordOf(name)
    const known = this.#open.get(name)
    const stream = await known?.catch(() => undefined)
    if (stream !== undefined && stream.failure === undefined) return stream
    const current = this.#open.get(name)
    if (current !== known && current !== undefined) return current
    this.#recordOf(name)
    const opening = this.#reopen(record, stream)
    this.#open.set(name, opening)
    return opening
  }

  async #reopen(record: StreamRecord, before: HostedStream | undefined): Promise<HostedStream> {
    await before?.close()
    const { archive, snapshots = SNAPSHOTS } = this.#deps
    const book = await archive.open(record.name)
    try {
      const stream = await HostedStream.open(record, book, { ...this.#deps, snapshots })
      stream.onResults = () => this.#tell(record.name)
      return stream
    } catch (error) {
      await book.close()
      throw error
    }
  }

  #recordOf(name: string): StreamRecord {
    const record = this.#records.get(name)
    if (this.#isClosed) throw streamClosed(name)
    if (record === undefined) throw unknown(name)
    return record
  }

  #tell(name: string): void {
    this.#listeners.tell(name)
    this.#deps.onChange?.(name)
  }
}

// Before anything is kept.
function refuseWrong(options: ResolvedStreamingOptions): void {
  try {
    streamBlueprint(options, options.features ?? ['x'])
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const message = `the parameters ask for more memory than there is: ${cause.message}`
    throw new AnomalyDetectionError('anomaly-detection/invalid-parameters', message, {}, cause)
  }
}

/** Says that a name is taken. */
export function streamExists(name: string): AnomalyDetectionError {
  const message = `there is a stream '${name}' already; remove it first, or choose another name`
  return new AnomalyDetectionError('anomaly-detection/stream-exists', message, { name })
}

function unknown(name: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/unknown-stream', `there is no stream '${name}'`, { name })
}
