import { throwIfCancelled } from '../../domain/cancellation.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'

/** Asks a source for one thing after the other, and gives up waiting once the signal is aborted. */
export class CancellableSource<T> {
  readonly #iterator: Iterator<T> | AsyncIterator<T>
  readonly #signal: AbortSignal | undefined
  #giveUp: ((reason: unknown) => void) | undefined
  #isDone = false

  constructor(source: Iterable<T> | AsyncIterable<T>, signal: AbortSignal | undefined) {
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
  }

  async next(): Promise<IteratorResult<T>> {
    throwIfCancelled(this.#signal)
    const next = this.#iterator.next()
    // not a race with one promise for all: that would hold on to each of them for as long as the signal lives
    const result = next instanceof Promise && this.#signal !== undefined ? await this.#unlessAborted(next) : await next
    this.#isDone = result.done === true
    return result
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#abort)
    if (this.#isDone) return
    const closing = Promise.resolve(this.#iterator.return?.())
    // a generator that waits for its own input closes when that comes, which may be never
    if (this.#signal?.aborted === true) closing.catch(() => undefined)
    else await closing
  }

  #unlessAborted(next: Promise<IteratorResult<T>>): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject
      next.then(resolve, reject)
    })
  }

  readonly #abort = (): void => {
    this.#giveUp?.(
      new AnomalyDetectionError('anomaly-detection/cancelled', 'the work was cancelled', {}, this.#signal?.reason),
    )
  }
}
