import { MlopsError } from '../../domain/errors.ts'
import { limits } from '../../domain/limits.ts'
import type { MetricPoint } from '../../domain/metric.ts'
import type { RunBatch } from '../../domain/run.ts'
import type { RunLog } from '../ports/run-log.ts'

interface Entry {
  readonly key: string
  readonly value: string
}

/** How what is logged travels to the store. */
export interface RunBufferOptions {
  readonly log: RunLog['log']
  readonly runId: string
  /** Milliseconds that an entry may wait for others. */
  readonly flushAfterMs: number
}

/**
 * Collects what is logged to a run and sends it in batches. What the store refuses is thrown by the next `flush`, and
 * harms nothing else: a refused batch is sent again in parts. What it could not take (`unavailable`) waits and is sent again.
 */
export class RunBuffer {
  readonly #options: RunBufferOptions
  #metrics: MetricPoint[] = []
  #params: Entry[] = []
  #tags: Entry[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending: Promise<void> = Promise.resolve()
  #failures: unknown[] = []

  constructor(options: RunBufferOptions) {
    this.#options = options
  }

  add({ metrics = [], params = [], tags = [] }: RunBatch): void {
    this.#metrics.push(...metrics)
    this.#params.push(...params)
    this.#tags.push(...tags)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#send() // rejects never: what fails is told by the next flush
    }, this.#options.flushAfterMs)
  }

  /** Resolves when the store has acknowledged everything. @throws what it refused; several as an AggregateError */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#send()
    const failures = this.#failures
    this.#failures = []
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} writes to the run were refused`)
    if (failures.length === 1) throw failures[0]
  }

  // One after another: order matters to tags.
  #send(): Promise<void> {
    this.#sending = this.#sending.then(() => this.#sendAll())
    return this.#sending
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const batch = this.#take()
      if (batch === undefined) return
      try {
        await this.#options.log(this.#options.runId, batch)
      } catch (error) {
        if (isRetryable(error)) {
          this.#putBack(batch)
          this.#failures.push(error)
          return
        }
        await this.#sendParts(batch, error)
      }
    }
  }

  async #sendParts({ metrics = [], params = [], tags = [] }: RunBatch, refusal: unknown): Promise<void> {
    const parts: RunBatch[] = [
      ...params.map((param) => ({ params: [param] })),
      ...(metrics.length > 0 ? [{ metrics }] : []),
      ...(tags.length > 0 ? [{ tags }] : []),
    ]
    if (parts.length === 1) {
      this.#failures.push(refusal)
      return
    }
    for (const part of parts)
      try {
        await this.#options.log(this.#options.runId, part)
      } catch (error) {
        this.#failures.push(error)
      }
  }

  #take(): RunBatch | undefined {
    const params = this.#params.splice(0, limits.paramsPerBatch)
    const tags = this.#tags.splice(0, limits.tagsPerBatch)
    const metrics = this.#metrics.splice(0, limits.entriesPerBatch - params.length - tags.length)
    return params.length + tags.length + metrics.length === 0 ? undefined : { metrics, params, tags }
  }

  #putBack({ metrics = [], params = [], tags = [] }: RunBatch): void {
    this.#metrics.unshift(...metrics)
    this.#params.unshift(...params)
    this.#tags.unshift(...tags)
  }
}

function isRetryable(error: unknown): boolean {
  return MlopsError.is(error) && error.code === 'mlops/unavailable'
}
