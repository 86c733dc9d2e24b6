/**
 * Online LODA: histograms of many sparse random projections, made anew of each window; a sample scores high where its
 * projections are rare. Source: T. Pevny (2016), Loda: Lightweight on-line detector of anomalies, equations 2 to 4 and
 * section 2.2 (two alternating histograms). Columns are brought to a common scale by the window's own spread.
 */
import { randomStream } from '../../numeric/random-stream.ts'
import { sampleWithoutReplacement } from '../../numeric/sample.ts'
import { standardNormal } from '../../numeric/standard-normal.ts'
import { FeatureScales } from '../feature-scales.ts'
import { FARTHEST } from '../sample.ts'
import { StateReader } from '../state-reader.ts'
import { type WindowModel, WindowModelDetector, type WindowModelParts } from './window-model.ts'

/** How many histograms, and of what. */
export interface OnlineLodaParameters {
  /** An integer >= 1; default 100. */
  readonly projections: number
  /** Bins a histogram, an integer >= 2; default 10. */
  readonly bins: number
  /** Samples a window, an integer >= 2; default 256. */
  readonly window: number
}

/** How large the parameters may be. */
export const LODA_LIMITS: { readonly projections: number; readonly bins: number; readonly window: number } = {
  projections: 10_000,
  bins: 1000,
  window: 65_536,
}

/**
 * Scores are means over the projections of -ln(share of the window in the bin), in [0, ln(2 w + b + 1)], where half a sample is
 * added to each of b bins and to what lies outside; high is abnormal. Cost: time O(projections * sqrt(d)) a sample to score and
 * as much to learn, once a window for all of it; memory O(projections * bins + window * d).
 */
export function createOnlineLoda(columns: number, seed: number, parameters: OnlineLodaParameters): WindowModelDetector {
  return new WindowModelDetector(partsOf(columns, seed, parameters))
}

/** Goes on from a state. @throws AnomalyDetectionError `invalid-stream-state` */
export function restoreOnlineLoda(state: unknown): WindowModelDetector {
  const reader = StateReader.ofPart(state, ID)
  const parameters = {
    projections: reader.integer('projections', 1, LODA_LIMITS.projections),
    bins: reader.integer('bins', 2, LODA_LIMITS.bins),
    window: reader.integer('window', 2, LODA_LIMITS.window),
  }
  return WindowModelDetector.fromState(reader, (columns, seed) => partsOf(columns, seed, parameters))
}

const ID = 'loda'

function partsOf(columns: number, seed: number, parameters: OnlineLodaParameters): WindowModelParts {
  const model = new Projections(columns, seed, parameters)
  return { id: ID, columns, seed, window: parameters.window, parameters: { ...parameters }, model }
}

class Projections implements WindowModel {
  readonly #cuts: number
  readonly #bins: number
  readonly #width: number
  readonly #columns: number
  // Shapes (cuts, width): which columns a projection adds up, and by which weights, drawn and in the window's scale.
  readonly #features: Int32Array
  readonly #drawn: Float64Array
  readonly #weights: Float64Array
  // Shape (cuts): where the first bin begins, and bins per unit.
  readonly #starts: Float64Array
  readonly #perUnit: Float64Array
  // Shape (cuts, bins + 1): -ln of each bin's share; the last entry is what lies outside.
  readonly #rarities: Float64Array
  readonly #along: Float64Array
  #lows: Float64Array

  constructor(columns: number, seed: number, { projections, bins, window }: OnlineLodaParameters) {
    const { next } = randomStream(seed)
    const normal = standardNormal(next)
    this.#cuts = projections
    this.#bins = bins
    this.#columns = columns
    this.#width = Math.floor(Math.sqrt(columns))
    this.#features = new Int32Array(projections * this.#width)
    this.#drawn = new Float64Array(projections * this.#width)
    for (let cut = 0; cut < projections; cut++) {
      this.#features.set(sampleWithoutReplacement(columns, this.#width, next).sort(), cut * this.#width)
      for (let i = 0; i < this.#width; i++) this.#drawn[cut * this.#width + i] = normal()
    }
    this.#weights = new Float64Array(projections * this.#width)
    this.#starts = new Float64Array(projections)
    this.#perUnit = new Float64Array(projections)
    this.#rarities = new Float64Array(projections * (bins + 1))
    this.#along = new Float64Array(window)
    this.#lows = new Float64Array(columns)
  }

  fit(rows: Float64Array, count: number): void {
    const { lows, inverses } = FeatureScales.of(rows, count, this.#columns)
    this.#lows = lows
    for (let i = 0; i < this.#weights.length; i++) {
      this.#weights[i] = (this.#drawn[i] as number) * (inverses[this.#features[i] as number] as number)
    }
    for (let cut = 0; cut < this.#cuts; cut++) this.#fillHistogram(cut, rows, count)
  }

  score(sample: Float64Array): number {
    let sum = 0
    for (let cut = 0; cut < this.#cuts; cut++) {
      const bin = this.#binOf(cut, this.#project(cut, sample, 0))
      sum += this.#rarities[cut * (this.#bins + 1) + bin] as number
    }
    return sum / this.#cuts
  }

  #fillHistogram(cut: number, rows: Float64Array, count: number): void {
    let [least, greatest] = [Infinity, -Infinity]
    for (let row = 0; row < count; row++) {
      const place = this.#project(cut, rows, row * this.#columns)
      this.#along[row] = place
      if (place < least) least = place
      if (place > greatest) greatest = place
    }
    this.#starts[cut] = least
    this.#perUnit[cut] = Math.min(FARTHEST, this.#bins / (greatest - least)) // no width: 2^500
    const own = this.#rarities.subarray(cut * (this.#bins + 1), (cut + 1) * (this.#bins + 1)).fill(0.5)
    for (let row = 0; row < count; row++) {
      const bin = this.#binOf(cut, this.#along[row] as number)
      own[bin] = (own[bin] as number) + 1
    }
    const total = count + 0.5 * own.length
    for (let bin = 0; bin < own.length; bin++) own[bin] = -Math.log((own[bin] as number) / total)
  }

  #project(cut: number, rows: Float64Array, start: number): number {
    let sum = 0
    const end = (cut + 1) * this.#width
    for (let i = cut * this.#width; i < end; i++) {
      const feature = this.#features[i] as number
      sum += ((rows[start + feature] as number) - (this.#lows[feature] as number)) * (this.#weights[i] as number)
    }
    return sum
  }

  // The largest value of the window belongs to the last bin, though rounding may put it past the end.
  #binOf(cut: number, along: number): number {
    const place = (along - (this.#starts[cut] as number)) * (this.#perUnit[cut] as number)
    if (place >= 0 && place < this.#bins) return Math.floor(place)
    return place >= this.#bins && place <= this.#bins * (1 + 2 ** -50) ? this.#bins - 1 : this.#bins
  }
}
