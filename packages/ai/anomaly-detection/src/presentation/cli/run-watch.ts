import type { ReadSample, SampleFormat, SamplePosition } from '../../application/ports/sample-source.ts'
import { AnomalyStream } from '../../application/streaming/anomaly-stream.ts'
import { CancellableSource } from '../../application/streaming/cancellable-source.ts'
import type { StreamResult } from '../../application/streaming/stream-result.ts'
import { isOfSample } from '../../application/streaming/stream-run.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { type KeptWatch, parseKeptWatch } from './kept-watch.ts'
import type { WatchCommandContext, WatchState } from './watch-context.ts'
import type { WatchFlags } from './watch-flags.ts'
import { watchLines } from './watch-lines.ts'
import { streamingOptionsOf } from './watch-options.ts'

const PARTIAL = 4
const SAVE_MS = 5000
const TOLD_LINES = 10

/** Runs `watch [FILE]`. */
export async function runWatch(path: string, flags: WatchFlags, context: WatchCommandContext): Promise<void> {
  const options = streamingOptionsOf(flags, await context.settings())
  const state = flags.state === undefined ? undefined : await context.watchState(flags.state)
  const found = await state?.load()
  const kept = found === undefined ? undefined : parseKeptWatch(found, flags.state ?? '', options)
  const store = flags.key === undefined ? undefined : await context.entities(flags.state)
  try {
    const stream = new AnomalyStream(kept === undefined ? options : { from: kept.stream }, { store })
    await new Watch(path, flags, context, stream, state, kept).run()
  } finally {
    store?.close()
  }
}

/** One run of the command. */
class Watch {
  readonly #path: string
  readonly #flags: WatchFlags
  readonly #context: WatchCommandContext
  readonly #stream: AnomalyStream
  readonly #state: WatchState | undefined
  readonly #lineOf: (result: StreamResult) => string
  #text: string
  #position: SamplePosition
  #savedAt = performance.now()
  #savedSamples: number
  #faults = 0
  #isInBatch = false // what is known then goes with no position

  constructor(
    path: string,
    flags: WatchFlags,
    context: WatchCommandContext,
    stream: AnomalyStream,
    state: WatchState | undefined,
    kept: KeptWatch | undefined,
  ) {
    const format = flags.format ?? (context.isTerminal({}) ? 'table' : 'jsonl')
    const { heading, lineOf } = watchLines(format, {
      isTimed: flags.time !== undefined,
      isKeyed: flags.key !== undefined,
    })
    this.#path = path
    this.#flags = flags
    this.#context = context
    this.#stream = stream
    this.#state = state
    this.#lineOf = lineOf
    this.#text = heading
    this.#position = kept !== undefined && kept.source === path && path !== '-' ? kept.position : BEGINNING
    this.#savedSamples = stream.counts.received
  }

  async run(): Promise<void> {
    const { signal } = this.#context
    const reader = await this.#context.samples()
    const source = {
      path: this.#path,
      format: this.#flags.inputFormat ?? formatOf(this.#path),
      from: this.#position === BEGINNING ? undefined : this.#position,
      follow: this.#flags.follow === true,
    }
    const batches = new CancellableSource(reader.read(source, signal), signal)
    try {
      for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
        this.#isInBatch = true
        for (const read of next.value.samples) this.#take(read)
        await this.#write()
        this.#position = next.value.position
        this.#isInBatch = false
        if (this.#isSaveDue()) await this.#save()
      }
      // what waits for late samples is kept with the state, and otherwise lost
      if (this.#state === undefined) this.#print(this.#stream.flush())
      await this.#write()
      await this.#save()
      this.#sumUp()
    } catch (error) {
      if (signal.aborted && !this.#isInBatch) await this.#save()
      throw error
    } finally {
      await batches.close()
    }
  }

  #take(read: ReadSample): void {
    if ('fault' in read) return this.#fault(read.line, read.fault)
    try {
      this.#print(this.#stream.push(read.sample))
    } catch (error) {
      if (!isOfSample(error)) throw error
      this.#fault(read.line, error.message, error)
    }
  }

  #print(results: ReadonlyArray<StreamResult>): void {
    for (const result of results) {
      const isShown =
        this.#flags.onlyAnomalies !== true || result.isAnomaly || result.alarm === 'end' || result.drift !== undefined
      if (isShown) this.#text += this.#lineOf(result)
    }
  }

  #fault(line: number, reason: string, cause?: AnomalyDetectionError): void {
    const name = this.#path === '-' ? 'the standard input' : this.#path
    if (this.#flags.onError === 'fail') {
      const code = cause?.code ?? 'anomaly-detection/shape-mismatch'
      throw new AnomalyDetectionError(code, `${name}: line ${line}: ${reason}`, { line }, cause)
    }
    this.#faults++
    if (this.#faults <= TOLD_LINES) this.#context.note(`${name}: line ${line}: ${reason}; left out`, 'warning')
  }

  async #write(): Promise<void> {
    const text = this.#text
    this.#text = ''
    if (text !== '') await this.#context.write(text)
  }

  #isSaveDue(): boolean {
    if (this.#state === undefined) return false
    const samples = this.#stream.counts.received - this.#savedSamples
    return samples >= this.#flags.saveEvery || (samples > 0 && performance.now() - this.#savedAt >= SAVE_MS)
  }

  async #save(): Promise<void> {
    const kept: Omit<KeptWatch, 'stream'> = {
      kind: 'nomaly-watch',
      format: 1,
      source: this.#path,
      position: this.#position,
    }
    await this.#state?.save({ ...kept, stream: this.#stream.toJSON() })
    this.#savedAt = performance.now()
    this.#savedSamples = this.#stream.counts.received
  }

  #sumUp(): void {
    const { scored, anomalies, alarms, drifts, missing, late, duplicates, forgotten } = this.#stream.counts
    const left = [
      [this.#faults, 'could not be read'],
      [missing, 'lacked a number'],
      [late, 'came too late'],
      [duplicates, 'came twice'],
      [forgotten, 'entities were forgotten'],
    ] as const
    const parts = left.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString('en-US')} ${what}`)
    const scoredText = `${scored.toLocaleString('en-US')} samples scored, ${anomalies} anomalies in ${alarms} alarms, ${drifts} drifts`
    this.#context.note([scoredText, ...parts].join('; '), parts.length > 0 ? 'warning' : 'summary')
    if (this.#faults > 0) this.#context.exitWith(PARTIAL)
  }
}

const BEGINNING: SamplePosition = { bytes: 0, line: 0, header: null }

function formatOf(path: string): SampleFormat {
  const name = path.toLowerCase()
  return name.endsWith('.csv') ? 'csv' : name.endsWith('.tsv') ? 'tsv' : 'jsonl'
}
