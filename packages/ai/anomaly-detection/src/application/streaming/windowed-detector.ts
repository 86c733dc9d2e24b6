import type { StreamDriftDetector } from '../../domain/drift/stream/stream-drift-detector.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { takeSample } from '../../domain/streaming/sample.ts'
import { SlidingRows } from '../../domain/streaming/sliding-rows.ts'
import { StateReader } from '../../domain/streaming/state-reader.ts'
import type { StreamDetector, StreamDetectorState } from '../../domain/streaming/stream-detector.ts'
import type { ConfiguredDetector, FittedDetector } from '../catalogue/catalogue-entry.ts'
import { configureDetector } from '../catalogue/catalogue.ts'
import { streamDriftDetectors } from '../drift/stream-drift-catalogue.ts'
import { decodeState, encodeState } from '../model-json.ts'
import type { ResolvedPart } from './part-choice.ts'

const ID = 'windowed'

/** Which detector, fitted to what, and when. */
export interface WindowedParameters {
  /** Of the catalogue of detectors (not of streams); default 'iforest'. */
  readonly detector: ResolvedPart
  /**
   * 'sliding', the default: the last samples. 'tumbling': the last whole window. 'session': the last run of samples without a gap
   * in time; it needs samples with a time.
   */
  readonly window: 'sliding' | 'tumbling' | 'session'
  /** Samples of a window, and the most of a session, an integer >= 2; default 256. */
  readonly size: number
  /** A sliding window is fitted anew after so many samples, an integer >= 1; default 64. */
  readonly refitEvery: number
  /**
   * Instead: a sliding window is fitted anew when this detector of drift finds that the scores have changed, to the samples
   * since then. Null, the default: after `refitEvery` samples.
   */
  readonly drift: ResolvedPart | null
  /** The fewest samples that it is fitted to after a drift, and of a session, an integer >= 2; default 32. */
  readonly fewest: number
  /** Milliseconds without a sample that end a session, > 0; default 60,000. */
  readonly gapMs: number
}

/** The largest window that is taken. */
export const LARGEST_WINDOW = 1_000_000

/**
 * Any detector as one of streams: samples are scored by a model of a window of earlier ones. Scores are the detector's own; 0
 * until it was fitted for the first time. Cost: that of scoring one row a sample, and a fit now and then.
 */
export class WindowedDetector implements StreamDetector {
  readonly id: string = ID
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parameters: WindowedParameters
  readonly #seed: number
  readonly #configured: ConfiguredDetector
  readonly #sample: Float64Array
  #rows: SlidingRows
  #drift: StreamDriftDetector | undefined
  #model: FittedDetector | undefined
  #modelState: unknown // as it was fitted or restored: a model may read its state in another order
  /** Whether the model has seen a whole window since the last drift. */
  #isSettled = false
  #learned = 0
  #sinceFit = 0
  #lastTime = Number.NaN

  /** @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters` */
  constructor(columns: number, seed: number, parameters: WindowedParameters) {
    const { detector, drift, size } = parameters
    this.columns = columns
    this.#seed = seed
    this.#parameters = parameters
    this.#configured = configureDetector(detector.id, detector.parameters)
    this.#drift =
      drift === null ? undefined : streamDriftDetectors.create(drift.id, drift.parameters, { columns: 1, seed })
    this.#rows = new SlidingRows(size, columns)
    this.#sample = new Float64Array(columns)
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#model !== undefined
  }

  scoreOne(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    return this.#score()
  }

  /**
   * @param time - epoch milliseconds, for sessions; one that is left out goes on with the session
   * @throws as `scoreOne`; `invalid-parameters` at the first fit, where the window has too few samples for the parameters
   */
  learnOne(sample: ArrayLike<number>, time: number = Number.NaN): void {
    takeSample(sample, this.#sample)
    this.#learn(this.#drift === undefined ? 0 : this.#score(), time)
  }

  scoreThenLearn(sample: ArrayLike<number>, time: number = Number.NaN): number {
    takeSample(sample, this.#sample)
    const score = this.#score()
    this.#learn(score, time)
    return score
  }

  toJSON(): StreamDetectorState {
    return {
      id: ID,
      format: 1,
      columns: this.columns,
      seed: this.#seed,
      learned: this.#learned,
      ...this.#parameters,
      sinceFit: this.#sinceFit,
      lastTime: Number.isNaN(this.#lastTime) ? null : this.#lastTime,
      driftState: this.#drift?.toJSON() ?? null,
      isSettled: this.#isSettled,
      model: this.#model === undefined ? null : encodeState(this.#modelState),
      ...this.#rows.toState(),
    }
  }

  /** @param parameters - of the state, checked @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown, parameters: WindowedParameters): WindowedDetector {
    const reader = StateReader.ofPart(state, ID)
    const columns = reader.integer('columns', 1)
    const detector = new WindowedDetector(columns, reader.integer('seed'), parameters)
    detector.#learned = reader.integer('learned')
    detector.#sinceFit = reader.integer('sinceFit')
    detector.#isSettled = reader.flag('isSettled')
    detector.#lastTime = (reader.part('lastTime') ?? null) === null ? Number.NaN : reader.number('lastTime')
    detector.#rows = SlidingRows.fromState(reader, parameters.size, columns)
    if (detector.#drift !== undefined) detector.#drift = streamDriftDetectors.restore(reader.part('driftState'))
    else if ((reader.part('driftState') ?? null) !== null)
      throw reader.fault('driftState', 'there is no detector of drift')
    detector.#model = detector.#restoredModel(reader)
    return detector
  }

  #restoredModel(reader: StateReader): FittedDetector | undefined {
    const model = reader.part('model') ?? null
    if (model === null) return undefined
    try {
      this.#modelState = decodeState(model)
      const restored = this.#configured.restore(this.#modelState)
      if (restored.columns === this.columns) return restored
    } catch (cause) {
      const { message } = reader.fault('model', `it is no state of ${this.#configured.id}`)
      throw new AnomalyDetectionError('anomaly-detection/invalid-stream-state', message, { field: 'model' }, cause)
    }
    throw reader.fault('model', `it was not fitted to ${this.columns} columns`)
  }

  #score(): number {
    if (this.#model === undefined) return 0
    return this.#model.score({ data: this.#sample, rows: 1, columns: this.columns })[0] as number
  }

  #learn(score: number, time: number): void {
    if (this.#parameters.window === 'session' && time - this.#lastTime > this.#parameters.gapMs) this.#endSession()
    if (!Number.isNaN(time)) this.#lastTime = time
    this.#learned++
    this.#rows.add(this.#sample)
    this.#sinceFit++
    if (this.#parameters.window !== 'sliding') {
      if (this.#rows.isFull) this.#fitAndEmpty()
    } else if (this.#drift === undefined) {
      if (this.#rows.isFull && (!this.isReady || this.#sinceFit >= this.#parameters.refitEvery)) this.#fit()
    } else {
      this.#followDrift(this.#drift, score)
    }
  }

  // After a drift, the window holds only what came since; the model grows with it until it is full.
  #followDrift(drift: StreamDriftDetector, score: number): void {
    const { fewest, size } = this.#parameters
    if (this.isReady && drift.update(score) === 'drift') {
      this.#rows.clear()
      this.#isSettled = false
      return
    }
    if (this.#isSettled) return
    const { count } = this.#rows
    const isDue = count === size || (count >= fewest && count % fewest === 0 && isPowerOfTwo(count / fewest))
    if (!isDue) return
    this.#fit()
    drift.reset() // the scores it has seen were another model's
    this.#isSettled = count === size
  }

  #endSession(): void {
    if (this.#rows.count >= this.#parameters.fewest) this.#fitAndEmpty()
    else this.#rows.clear()
  }

  #fitAndEmpty(): void {
    this.#fit()
    this.#rows.clear()
  }

  #fit(): void {
    const data = this.#rows.inOrder()
    this.#model = this.#configured.fit({ data, rows: this.#rows.count, columns: this.columns }, { seed: this.#seed })
    this.#modelState = this.#model.state
    this.#sinceFit = 0
  }
}

function isPowerOfTwo(value: number): boolean {
  return (value & (value - 1)) === 0
}
