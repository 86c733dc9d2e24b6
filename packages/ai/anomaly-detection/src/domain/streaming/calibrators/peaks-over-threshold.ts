/**
 * The tail of a stream of numbers: what lies above a high threshold, and the limit that only a given share exceeds.
 * Source: A. Siffer, P.-A. Fouque, A. Termier, C. Largouet (2017), Anomaly Detection in Streams with Extreme Value Theory, KDD:
 * SPOT, algorithms 1 and 2. The paper learns from no number above the limit; a tail that is always cut off there comes out too
 * light, the limit sinks, and alarms come several times as often as asked for. Here they count, too, but none for more than
 * what is exceeded a hundred times less often than the limit, and of a run of such wild numbers only the first.
 */
import { FARTHEST } from '../sample.ts'
import { StateReader } from '../state-reader.ts'
import { RollingOrder } from '../statistics/rolling-order.ts'
import { fitGeneralisedPareto, type GeneralisedPareto, paretoExcess, paretoTail } from './generalised-pareto.ts'

/** How the tail is learned. */
export interface PeaksOverThresholdParameters {
  /** The share of numbers above the limit, in (0, 0.1]. */
  readonly risk: number
  /** The share of the first numbers that lies below the threshold, in [0.5, 1). */
  readonly level: number
  /** How many of the first numbers set the threshold. */
  readonly initial: number
  /** How many of the last peaks the tail is fitted to. */
  readonly peaks: number
}

/** So many wild numbers in a row are no anomalies but the new state of things: it begins anew. */
const LOCKED_OUT = 100

const WILD_SHARE = 0.01 // of the risk: a number that is exceeded less often than that is wild
const REFIT_SHARE = 0.05 // of the peaks are new before the tail is fitted again

/** Not ready until the first numbers are there. */
export class PeaksOverThreshold {
  readonly #parameters: PeaksOverThresholdParameters
  readonly #peaks: Float64Array
  // the last numbers that were not wild: first they set the threshold, then they tell what lies below it
  #body: RollingOrder
  #seen = 0
  #peakCount = 0
  #sinceFit = 0
  #wild = 0
  #threshold = 0
  #tail: GeneralisedPareto | undefined

  constructor(parameters: PeaksOverThresholdParameters) {
    this.#parameters = parameters
    this.#peaks = new Float64Array(parameters.peaks)
    this.#body = new RollingOrder(parameters.initial)
  }

  get isReady(): boolean {
    return this.#tail !== undefined
  }

  /** What only a share `risk` of the numbers exceeds; Infinity while not ready. */
  get limit(): number {
    return this.#threshold + this.#excessAt(this.#parameters.risk)
  }

  /** The probability of a number above this one, in [0, 1]; 1 while not ready. */
  exceedance(value: number): number {
    if (this.#tail === undefined) return 1
    const share = this.#peakCount / this.#seen
    if (value > this.#threshold) return share * paretoTail(this.#tail, value - this.#threshold)
    return Math.max(share, 1 - this.#body.countBelow(value) / (this.#body.count + 1))
  }

  /** @returns whether it was no wild number: one a hundred times less probable than the limit */
  push(value: number): boolean {
    if (this.#tail === undefined) {
      this.#body.push(value)
      this.#seen++
      if (this.#seen === this.#parameters.initial) this.#begin()
      return true
    }
    const isWild = value > this.#threshold && this.exceedance(value) < WILD_SHARE * this.#parameters.risk
    this.#wild = isWild ? this.#wild + 1 : 0
    if (this.#wild >= LOCKED_OUT) this.#forget()
    if (this.#wild > 1 || !this.isReady) return false
    this.#seen++
    if (!isWild) this.#body.push(value)
    if (value > this.#threshold)
      this.#addPeak(isWild ? this.#excessAt(WILD_SHARE * this.#parameters.risk) : value - this.#threshold)
    return !isWild
  }

  toJSON(): Readonly<Record<string, unknown>> {
    return {
      ...this.#parameters,
      body: this.#body.toJSON(),
      seen: this.#seen,
      peakCount: this.#peakCount,
      excesses: Array.from(this.#peaks.subarray(0, Math.min(this.#peakCount, this.#peaks.length))),
      sinceFit: this.#sinceFit,
      wild: this.#wild,
      threshold: this.#threshold,
      tail: this.#tail ?? null,
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): PeaksOverThreshold {
    const reader = new StateReader(state, 'peaks over a threshold')
    const peaks = new PeaksOverThreshold({
      risk: reader.number('risk', Number.MIN_VALUE, 0.1),
      level: reader.number('level', 0.5, 1),
      initial: reader.integer('initial', 10, PEAKS_LIMITS.initial),
      peaks: reader.integer('peaks', 10, PEAKS_LIMITS.peaks),
    })
    peaks.#body = RollingOrder.fromJSON(reader.part('body'))
    peaks.#seen = reader.integer('seen')
    peaks.#peakCount = reader.integer('peakCount', 0, peaks.#seen)
    peaks.#peaks.set(reader.numbers('excesses', Math.min(peaks.#peakCount, peaks.#peaks.length)))
    peaks.#sinceFit = reader.integer('sinceFit')
    peaks.#wild = reader.integer('wild', 0, LOCKED_OUT)
    peaks.#threshold = reader.number('threshold')
    const tail = reader.part('tail') ?? null
    if (tail === null) return peaks
    if (peaks.#peakCount === 0) throw reader.fault('peakCount', 'it is 0, but there is a tail')
    const fitted = new StateReader(tail, 'tail over a threshold')
    peaks.#tail = { gamma: fitted.number('gamma'), sigma: fitted.number('sigma', Number.MIN_VALUE) }
    return peaks
  }

  // The threshold; where the first numbers leave nothing above it (they are alike), the least step above stands for a peak.
  #begin(): void {
    const { level, initial } = this.#parameters
    this.#threshold = this.#body.quantile(level)
    for (let rank = Math.floor(level * initial); rank < initial; rank++) {
      const excess = this.#body.at(rank) - this.#threshold
      if (excess > 0) this.#keep(excess)
    }
    if (this.#peakCount === 0) this.#keep(Math.max(Number.MIN_VALUE, Math.abs(this.#threshold) * 2 ** -40))
    this.#fit()
  }

  // How far above the threshold only this share of all numbers lies.
  #excessAt(share: number): number {
    if (this.#tail === undefined) return Infinity
    const ofPeaks = Math.min(1, (share * this.#seen) / this.#peakCount)
    return Math.min(FARTHEST, Math.max(Number.MIN_VALUE, paretoExcess(this.#tail, ofPeaks)))
  }

  #addPeak(excess: number): void {
    this.#keep(excess)
    this.#sinceFit++
    if (this.#sinceFit >= REFIT_SHARE * Math.min(this.#peakCount, this.#peaks.length)) this.#fit()
  }

  #keep(excess: number): void {
    this.#peaks[this.#peakCount % this.#peaks.length] = excess
    this.#peakCount++
  }

  #fit(): void {
    this.#tail = fitGeneralisedPareto(this.#peaks.subarray(0, Math.min(this.#peakCount, this.#peaks.length)))
    this.#sinceFit = 0
  }

  #forget(): void {
    this.#body = new RollingOrder(this.#parameters.initial)
    this.#seen = 0
    this.#peakCount = 0
    this.#sinceFit = 0
    this.#wild = 0
    this.#threshold = 0
    this.#tail = undefined
  }
}

/** How large the parameters may be. */
export const PEAKS_LIMITS: { readonly initial: number; readonly peaks: number } = { initial: 100_000, peaks: 10_000 }
