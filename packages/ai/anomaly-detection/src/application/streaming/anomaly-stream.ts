import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { StreamStateStore } from '../ports/stream-state-store.ts'
import type { PublishingDeps } from '../publish-detection.ts'
import {
  type AnomalyStreamState,
  parseAnomalyStreamState,
  parseEntityState,
  type ReadStreamState,
} from './anomaly-stream-state.ts'
import { EntityDirectory } from './entity-directory.ts'
import { EntityInlet } from './entity-inlet.ts'
import { entityStateSchema } from './entity-state.ts'
import type { EntityStream } from './entity-stream.ts'
import { featuresOfFirst, SampleReader, type StreamSample } from './sample-reader.ts'
import { type StreamBlueprint, streamBlueprint } from './stream-blueprint.ts'
import { noCounts, type StreamCounts } from './stream-counts.ts'
import { StreamEvents } from './stream-events.ts'
import type { StreamResult } from './stream-result.ts'
import { runStream, type StreamRunOptions } from './stream-run.ts'
import { parseStreamingOptions, type ResolvedStreamingOptions, type StreamingOptions } from './streaming-options.ts'

/** What a stream may use of the world. */
export interface AnomalyStreamDeps {
  /** Takes its events; without it there are none. */
  readonly publishing?: PublishingDeps | undefined
  /**
   * Takes the models of entities that are idle, see `StreamingOptions.liveKeys`; and, with `toJSON()`, those of all.
   * Without it the one that was idle longest is forgotten. A new stream begins with an empty store.
   */
  readonly store?: StreamStateStore | undefined
}

/**
 * A stream of samples that is scored as it comes: `push` one after the other, or `run` over any iterable. Memory is
 * bounded for ever. `toJSON()` is its whole state, from which it goes on with the same results.
 */
export class AnomalyStream {
  /** With every default filled in but those that depend on the first sample. */
  readonly options: ResolvedStreamingOptions
  readonly #deps: AnomalyStreamDeps
  readonly #counts = noCounts()
  readonly #events: StreamEvents | undefined
  #open: OpenStream | undefined
  #results: StreamResult[] = []

  /**
   * @param from - where another one stood: its `toJSON()`
   * @throws AnomalyDetectionError `invalid-options`, `unknown-detector`, `invalid-parameters`, `invalid-stream-state`
   */
  constructor(options: StreamingOptions | { readonly from: unknown }, deps: AnomalyStreamDeps = {}) {
    this.#deps = deps
    const state = 'from' in options ? parseAnomalyStreamState(options.from) : undefined
    this.options = state?.options ?? parseStreamingOptions(options)
    this.#events = deps.publishing && new StreamEvents(this.options.name, deps.publishing)
    if (state !== undefined) {
      this.#resume(state)
    } else {
      streamBlueprint(this.options, this.options.features ?? ['x']) // refuses what is wrong before the first sample
      deps.store?.rewind(0)
    }
  }

  /** What has become of the samples so far. */
  get counts(): StreamCounts {
    return { ...this.#counts }
  }

  /** The features, once they are known. */
  get features(): ReadonlyArray<string> | undefined {
    return this.#open?.blueprint.features ?? this.options.features
  }

  /** From where on samples are anomalies: of the probability, or of the score where there is none; undefined before the first sample. */
  get threshold(): number | undefined {
    return this.#open?.blueprint.threshold
  }

  /**
   * Scores a sample, and then learns from it.
   * @returns what can be said now, in order of time: nothing where the sample has to wait for others or is left out,
   *   several results where others waited for it
   * @throws AnomalyDetectionError for a sample that cannot be read or that the policies refuse; it is counted, and the models
   *   are as before. `storage-failed` where an idle model cannot be fetched or put away
   */
  push(sample: StreamSample): ReadonlyArray<StreamResult> {
    const index = this.#counts.received++
    try {
      const { reader, directory } = (this.#open ??= this.#openBy(sample))
      reader.read(sample)
      directory.get(reader.key).take(reader.values, reader.time, index, reader.isIncomplete)
    } catch (error) {
      this.#counts.refused++
      this.#results = []
      throw error
    }
    return this.#taken()
  }

  /** Gives out what waits for late samples, and steps that are not full: the stream has ended. */
  flush(): ReadonlyArray<StreamResult> {
    if (this.#open === undefined) return []
    const { directory } = this.#open
    for (const [, entity] of directory.live()) entity.flush()
    for (const key of directory.unfinished()) directory.get(key).flush()
    return this.#taken()
  }

  /**
   * Scores all samples of a source, one for each that is asked for. Ends with the source, and lets go of it when it is
   * left early.
   * @throws AnomalyDetectionError as `push`, unless they are skipped; `cancelled` once the signal is aborted; what the source or
   *   the publisher of events throws. The stream can go on after any of them
   */
  run(
    source: Iterable<StreamSample> | AsyncIterable<StreamSample>,
    options: StreamRunOptions = {},
  ): AsyncGenerator<StreamResult, void, undefined> {
    return runStream(this, source, options, this.#events)
  }

  /** Resolves when all events are handed over. @throws what the publisher rejected with */
  async settled(): Promise<void> {
    await this.#events?.settled()
  }

  /**
   * Its whole state as plain JSON data. With a store the entities are written there, and the state names the mark that
   * it goes with: see `StreamStateStore`.
   */
  toJSON(): AnomalyStreamState {
    const directory = this.#open?.directory
    const mark = directory?.mark() ?? null
    return {
      kind: 'nomaly-stream',
      format: 1,
      options: this.options,
      features: this.#open?.blueprint.features ?? null,
      counts: this.counts,
      mark,
      unfinished: directory?.unfinished() ?? [],
      entities:
        directory === undefined || mark !== null
          ? []
          : Array.from(directory.live(), ([key, entity]) => ({ key, state: entity.toJSON() })),
    }
  }

  /**
   * Writes entities that have changed to the store, for about so many milliseconds, so that `toJSON()` is soon done.
   * @returns whether it has none left to write; without a store at once
   */
  putAway(mostMs: number): boolean {
    return this.#open?.directory.putAway(mostMs) ?? true
  }

  #taken(): ReadonlyArray<StreamResult> {
    if (this.#results.length === 0) return NOTHING
    const results = this.#results
    this.#results = []
    return results
  }

  #openBy(first: StreamSample): OpenStream {
    return this.#openWith(this.options.features ?? featuresOfFirst(first, this.options), [])
  }

  #openWith(features: ReadonlyArray<string>, unfinished: ReadonlyArray<string>): OpenStream {
    const { options } = this
    const blueprint = streamBlueprint(options, features)
    const schema = entityStateSchema(blueprint)
    const make = (key: string): EntityInlet =>
      new EntityInlet(blueprint, options.key === undefined ? undefined : key, this.#counts, this.#emit)
    const restore = (key: string, state: unknown): EntityInlet => {
      const entity = make(key)
      entity.resume(parseEntityState(schema, state))
      return entity
    }
    const { store } = this.#deps
    const forget = (): void => void this.#counts.forgotten++
    const directory = new EntityDirectory({ live: options.liveKeys, store, make, restore, forget }, unfinished)
    const { key, time, timeUnit } = options
    return { blueprint, directory, restore, reader: new SampleReader({ features, key, time, timeUnit }) }
  }

  #resume({ features, counts, mark, unfinished, entities }: ReadStreamState): void {
    const { store } = this.#deps
    if (mark === null ? entities.length > 0 && store !== undefined : store === undefined) {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-stream-state',
        mark === null
          ? 'this state holds its entities itself; it goes on without a store only'
          : 'the entities of this state are in a store; give the same one',
        { mark },
      )
    }
    Object.assign(this.#counts, counts)
    store?.rewind(mark ?? 0)
    if (features === null) return
    this.#open = this.#openWith(features, unfinished)
    for (const { key, state } of entities) this.#open.directory.add(key, this.#open.restore(key, state))
  }

  readonly #emit = (result: StreamResult, entity: EntityStream): void => {
    this.#results.push(result)
    const counts = this.#counts
    counts.scored++
    if (result.isAnomaly) counts.anomalies++
    const isStart = result.alarm === 'start'
    if (isStart) counts.alarms++
    if (isStart) this.#events?.alarm(result)
    if (result.drift !== undefined) {
      counts.drifts++
      this.#events?.drift(result, result.drift)
    }
    if (entity.step !== 'none') this.#tell(entity, result)
  }

  #tell({ step, newest }: EntityStream, { key, index }: StreamResult): void {
    if (step === 'none') return
    if (step !== 'restored') this.#events?.trained(newest, key, this.features ?? [])
    if (step === 'trained') return
    this.#counts[step]++
    this.#events?.inService(step, newest, key, index)
  }
}

const NOTHING: ReadonlyArray<StreamResult> = []

interface OpenStream {
  readonly blueprint: StreamBlueprint
  readonly directory: EntityDirectory
  readonly reader: SampleReader
  readonly restore: (key: string, state: unknown) => EntityInlet
}
