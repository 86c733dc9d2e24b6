/**
 * Several stream detectors as one: their raw scores are brought to one scale, then combined, so that one calibrator judges what
 * all of them say. Source: C. Aggarwal, S. Sathe (2015), Theoretical Foundations and Algorithms for Outlier Ensembles.
 */
import { takeSample } from '../sample.ts'
import { StateReader } from '../state-reader.ts'
import type { StreamDetector, StreamDetectorState } from '../stream-detector.ts'
import { Agreement } from './agreement.ts'
import { ScoreScale } from './score-scale.ts'
import { combinedScore, type StreamCombinationRule } from './stream-combination-rule.ts'

const ID = 'combined'

/** How the members' scores become one. */
export interface CombinedStreamParameters {
  /** Default 'moa': on NAB the one that fell below its median member neither by its score nor by its VUS-PR, besides 'max'. */
  readonly rule: StreamCombinationRule
  /** 'agreement': members count for more in the mean the more they say what the others say; 'equal', the default. */
  readonly weights: 'equal' | 'agreement'
  /** How many of the last scores of a member set its scale, an integer >= 10; default 5000. */
  readonly memory: number
  /** Scores of each member before the first combined one, an integer >= 2; default 30. */
  readonly warmUp: number
}

/**
 * A score is the combination of the places of the members' scores on their own scales, see `ScoreScale`: near 0 for usual samples,
 * below 0 for very usual ones, at most 14.6; 0 until all members are ready and warmed up.
 * Cost: that of the members.
 */
export class CombinedStreamDetector implements StreamDetector {
  readonly id: string = ID
  readonly columns: number
  readonly acceptsMissing: boolean
  readonly #parameters: CombinedStreamParameters
  readonly #members: ReadonlyArray<StreamDetector>
  readonly #bucketOf: Int32Array
  readonly #sample: Float64Array
  readonly #raw: Float64Array
  readonly #placed: Float64Array
  #scales: ReadonlyArray<ScoreScale>
  #agreement: Agreement
  #learned = 0

  /**
   * @param members - at least one, all of the same columns; new ones, or all restored from one state
   * @param bucketOf - shape (members): which bucket each is in, from 0, for 'aom' and 'moa'
   */
  constructor(members: ReadonlyArray<StreamDetector>, bucketOf: Int32Array, parameters: CombinedStreamParameters) {
    this.columns = members[0]?.columns ?? 0
    this.acceptsMissing = members.every((member) => member.acceptsMissing)
    this.#members = members
    this.#bucketOf = bucketOf
    this.#parameters = parameters
    this.#sample = new Float64Array(this.columns)
    this.#raw = new Float64Array(members.length)
    this.#placed = new Float64Array(members.length)
    this.#scales = members.map(() => new ScoreScale(parameters.memory))
    this.#agreement = new Agreement(members.length, 2 / (parameters.memory + 1))
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#areMembersReady() && (this.#scales[0]?.count ?? 0) >= this.#parameters.warmUp
  }

  /** How much each member counts for in a mean, shape (members), the sum 1. */
  get weights(): Float64Array {
    const { length } = this.#members
    return this.#parameters.weights === 'equal' ? new Float64Array(length).fill(1 / length) : this.#agreement.weights()
  }

  scoreOne(sample: ArrayLike<number>, time?: number): number {
    const taken = this.#taken(sample)
    const isReady = this.isReady
    for (const [i, member] of this.#members.entries()) this.#raw[i] = member.scoreOne(taken, time)
    return isReady ? this.#combined() : 0
  }

  learnOne(sample: ArrayLike<number>, time?: number): void {
    this.#score(this.#taken(sample), time)
    this.#learn()
  }

  scoreThenLearn(sample: ArrayLike<number>, time?: number): number {
    const isReady = this.isReady
    this.#score(this.#taken(sample), time)
    const score = isReady ? this.#combined() : 0
    this.#learn()
    return score
  }

  toJSON(): StreamDetectorState {
    return {
      id: ID,
      format: 1,
      columns: this.columns,
      learned: this.#learned,
      ...this.#parameters,
      bucketOf: Array.from(this.#bucketOf),
      scales: this.#scales.map((scale) => scale.toJSON()),
      agreement: this.#agreement.toJSON(),
      members: this.#members.map((member) => member.toJSON()),
    }
  }

  /**
   * @param restore - makes a member from its state
   * @throws AnomalyDetectionError `invalid-stream-state`
   */
  static fromJSON(state: unknown, restore: (member: unknown) => StreamDetector): CombinedStreamDetector {
    const reader = StateReader.ofPart(state, ID)
    const members = reader.list('members', 1, MOST_MEMBERS).map(restore)
    const columns = reader.integer('columns', 1)
    if (members.some((member) => member.columns !== columns))
      throw reader.fault('members', `one does not take samples of ${columns} numbers`)
    const { length } = members
    const detector = new CombinedStreamDetector(members, reader.integers('bucketOf', length, 0, length - 1), {
      rule: reader.oneOf('rule', ['mean', 'max', 'median', 'aom', 'moa']),
      weights: reader.oneOf('weights', ['equal', 'agreement']),
      memory: reader.integer('memory', 10, LARGEST_MEMORY),
      warmUp: reader.integer('warmUp', 2),
    })
    detector.#learned = reader.integer('learned')
    detector.#scales = reader.list('scales', length).map((scale) => ScoreScale.fromJSON(scale))
    detector.#agreement = Agreement.fromJSON(reader.part('agreement'), length)
    return detector
  }

  // A sample that one member would refuse is refused before another learns from it; one that lacks numbers only if all take it.
  #taken(sample: ArrayLike<number>): ArrayLike<number> {
    if (this.acceptsMissing) return sample
    takeSample(sample, this.#sample)
    return this.#sample
  }

  #areMembersReady(): boolean {
    return this.#members.every((member) => member.isReady)
  }

  // Members learn at once; what they scored waits in `#raw`, NaN where one was not ready.
  #score(sample: ArrayLike<number>, time: number | undefined): void {
    const areReady = this.#areMembersReady()
    for (const [i, member] of this.#members.entries()) {
      const score = member.scoreThenLearn(sample, time)
      this.#raw[i] = areReady ? score : Number.NaN
    }
  }

  #learn(): void {
    this.#learned++
    if (Number.isNaN(this.#raw[0])) return
    if ((this.#scales[0]?.count ?? 0) > 1) this.#agreement.push(this.#places())
    for (const [i, scale] of this.#scales.entries()) scale.push(this.#raw[i] as number)
  }

  #places(): Float64Array {
    for (const [i, scale] of this.#scales.entries()) this.#placed[i] = scale.place(this.#raw[i] as number)
    return this.#placed
  }

  #combined(): number {
    return combinedScore(this.#parameters.rule, this.#places(), this.weights, this.#bucketOf)
  }
}

/** The largest memory that is taken. */
export const LARGEST_MEMORY = 100_000

/** More would not be told from noise. */
export const MOST_MEMBERS = 50
