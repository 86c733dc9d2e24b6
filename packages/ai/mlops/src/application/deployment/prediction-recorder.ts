import type { Prediction } from '../../domain/deployment/prediction.ts'
import type { PredictionLog } from '../ports/prediction-log.ts'

/** How predictions are gathered before they are stored. */
export interface PredictionRecorderOptions {
  /** So many are stored without waiting for more; 500 when absent. */
  readonly batch?: number
  /** Milliseconds that one waits at most; 100 when absent. */
  readonly waitMs?: number
  /** What may wait for a log that does not keep up; beyond that predictions wait for it. 10,000 when absent. */
  readonly mostWaiting?: number
  /** Told of a batch that could not be stored: it is lost. */
  readonly onLost?: (lost: ReadonlyArray<Prediction>, error: unknown) => void
}

/** Stores predictions in batches, so that none has to wait for the disk. */
export class PredictionRecorder {
  readonly #log: Pick<PredictionLog, 'append'>
  readonly #options: PredictionRecorderOptions
  #waiting: Prediction[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #storing: Promise<void> = Promise.resolve()
  #lost = 0

  constructor(log: Pick<PredictionLog, 'append'>, options: PredictionRecorderOptions = {}) {
    this.#log = log
    this.#options = options
  }

  /** Predictions that could not be stored. */
  get lost(): number {
    return this.#lost
  }

  /** Takes a prediction. Resolves at once unless too many wait already. */
  async add(prediction: Prediction): Promise<void> {
    const { batch = 500, waitMs = 100, mostWaiting = 10_000 } = this.#options
    const kept = this.#copyOf(prediction)
    if (kept === undefined) return
    if (this.#waiting.push(kept) >= mostWaiting) return this.flush()
    if (this.#waiting.length >= batch) void this.flush()
    else this.#timer ??= setTimeout(() => void this.flush(), waitMs)
  }

  /** Stores what waits. Never rejects: what could not be stored is told to `onLost`. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#storing = this.#storing.then(() => this.#store())
    return this.#storing
  }

  /** The caller may change the answer before it is stored; what is no JSON cannot be. */
  #copyOf(prediction: Prediction): Prediction | undefined {
    if (prediction.error !== undefined) return prediction
    try {
      return { ...prediction, output: JSON.parse(JSON.stringify(prediction.output) ?? 'null') }
    } catch (error) {
      this.#lose([prediction], error)
      return undefined
    }
  }

  #lose(predictions: ReadonlyArray<Prediction>, error: unknown): void {
    this.#lost += predictions.length
    this.#options.onLost?.(predictions, error)
  }

  async #store(): Promise<void> {
    const predictions = this.#waiting
    this.#waiting = []
    if (predictions.length === 0) return
    try {
      await this.#log.append(predictions)
    } catch (error) {
      this.#lose(predictions, error)
    }
  }
}
