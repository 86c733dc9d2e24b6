import { FARTHEST, takeSample } from '../sample.ts'
import type { StateReader } from '../state-reader.ts'
import type { AttributingStreamDetector, StreamAttribution, StreamDetectorState } from '../stream-detector.ts'

const MOST_DEVIATIONS = 1e6 // a column that was constant until now: any change is endlessly many deviations away
const ROUNDING = 2 ** -40 // a spread below this share of the values is the rounding of their arithmetic

/** Judges the values of one column. */
export interface ColumnJudge {
  /** How far out a value is: above 0 for too high, below 0 for too low; finite. */
  readonly judge: (value: number) => number
  readonly push: (value: number) => void
  readonly toJSON: () => unknown
}

/** What a detector of columns is, apart from how it judges one. */
export interface MarginalDetectorParts {
  readonly id: string
  readonly columns: number
  /** Samples learned from before it scores. */
  readonly warmUp: number
  /** Fields of its parameters in its state. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** The judge of a column; of a stored one where a state is given. */
  readonly judgeOf: (state?: unknown) => ColumnJudge
}

/**
 * Judges each column by itself; a sample scores what its most abnormal column does, which alone makes the score. Time and
 * memory are those of one column times their number.
 */
export class MarginalDetector implements AttributingStreamDetector {
  readonly id: string
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parts: MarginalDetectorParts
  readonly #judges: ReadonlyArray<ColumnJudge>
  readonly #sample: Float64Array
  #learned = 0

  constructor(parts: MarginalDetectorParts) {
    this.#parts = parts
    this.id = parts.id
    this.columns = parts.columns
    this.#judges = Array.from({ length: parts.columns }, () => parts.judgeOf())
    this.#sample = new Float64Array(parts.columns)
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#learned >= this.#parts.warmUp
  }

  scoreOne(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    return this.#score()
  }

  learnOne(sample: ArrayLike<number>): void {
    takeSample(sample, this.#sample)
    this.#learn()
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    const score = this.#score()
    this.#learn()
    return score
  }

  attributeOne(sample: ArrayLike<number>): StreamAttribution {
    takeSample(sample, this.#sample)
    const high = new Float64Array(this.columns)
    const low = new Float64Array(this.columns)
    const score = this.#score()
    if (score === 0) return { high, low }
    const column = this.#judges.findIndex((judge, at) => Math.abs(judge.judge(this.#sample[at] as number)) === score)
    const isHigh = (this.#judges[column]?.judge(this.#sample[column] as number) ?? 0) > 0
    ;(isHigh ? high : low)[column] = score
    return { high, low }
  }

  toJSON(): StreamDetectorState {
    const { id, columns } = this
    const judges = this.#judges.map((judge) => judge.toJSON())
    return { id, format: 1, columns, learned: this.#learned, ...this.#parts.parameters, judges }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromState(state: StateReader, partsOf: (columns: number) => MarginalDetectorParts): MarginalDetector {
    const columns = columnsOf(state)
    const judges = state.list('judges', columns)
    let column = 0
    const parts = partsOf(columns)
    const restored = { ...parts, judgeOf: () => parts.judgeOf(judges[column++]) }
    const detector = new MarginalDetector(restored)
    detector.#learned = state.integer('learned')
    return detector
  }

  #score(): number {
    if (this.#learned < this.#parts.warmUp) return 0
    let highest = 0
    for (let column = 0; column < this.#judges.length; column++) {
      const out = Math.abs((this.#judges[column] as ColumnJudge).judge(this.#sample[column] as number))
      if (out > highest) highest = out
    }
    return highest
  }

  #learn(): void {
    for (let column = 0; column < this.#judges.length; column++) {
      ;(this.#judges[column] as ColumnJudge).push(this.#sample[column] as number)
    }
    this.#learned++
  }
}

/**
 * A signed distance in units of a spread, at most a million either way; 0 for no distance.
 * @param center - what the distance is from: a spread below its rounding counts as that
 */
export function deviationsOf(distance: number, spread: number, center: number): number {
  if (distance === 0) return 0
  const floor = Math.min(FARTHEST, Math.abs(center)) * ROUNDING
  return Math.min(MOST_DEVIATIONS, Math.max(-MOST_DEVIATIONS, distance / Math.max(spread, floor)))
}

const MOST_COLUMNS = 2 ** 20

/** The number of columns in the state of a stream detector. */
export function columnsOf(state: StateReader): number {
  return state.integer('columns', 1, MOST_COLUMNS)
}
