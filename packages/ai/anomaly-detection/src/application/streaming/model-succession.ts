import { ModelTrial, type ModelTrialState } from '../../domain/streaming/trial/model-trial.ts'
import type { SampleWindow } from '../../domain/streaming/window/sample-window.ts'
import type { ScoringModel, ScoringModelState } from './scoring-model.ts'
import type { DriftPolicy } from './streaming-options.ts'

/** How a new model follows an old one. */
export interface SuccessionRules {
  readonly policy: Exclude<DriftPolicy, 'alert'>
  /** Samples over which two models are compared. */
  readonly trial: number
  /** The fewest samples a new model learns before it is ready. */
  readonly fewest: number
  readonly columns: number
  /** Of the trial's randomness. */
  readonly seed: number
}

/** What came of a sample: a new model is trained, it went into service, or the old one came back. */
export type SuccessionStep = 'none' | 'trained' | 'promoted' | 'restored'

/**
 * A new model on its way into service. While it learns the old one serves; after that, `switch` and `roll-back` compare
 * the two, with the old or the new one in service, and keep the better.
 */
export class ModelSuccession {
  readonly #rules: SuccessionRules
  readonly #displaced: Float64Array
  #other: ScoringModel // the one that is not in service
  #trial: ModelTrial | undefined
  #servingDisplaced = 0
  #otherDisplaced = 0
  #isDone = false

  constructor(rules: SuccessionRules, candidate: ScoringModel, trial?: ModelTrialState | null) {
    this.#rules = rules
    this.#displaced = new Float64Array(rules.columns)
    this.#other = candidate
    this.#trial = trial ? ModelTrial.fromJSON(trial) : undefined
  }

  /** To be called before the model in service learns from the sample. */
  before(sample: Float64Array, time: number, serving: ScoringModel, window: SampleWindow): void {
    if (this.#trial === undefined) return
    this.#trial.displace(sample, window, this.#displaced)
    this.#servingDisplaced = serving.detector.scoreOne(this.#displaced, time)
    this.#otherDisplaced = this.#other.detector.scoreOne(this.#displaced, time)
  }

  /**
   * To be called after it.
   * @param replace - takes the model that goes into service and answers the one that was
   */
  after(
    sample: Float64Array,
    time: number,
    serving: ScoringModel,
    replace: (next: ScoringModel) => ScoringModel,
  ): SuccessionStep {
    this.#other.judgeThenLearn(sample, time)
    if (this.#trial === undefined) return this.#trained(replace)
    const servingPair = { real: serving.score, displaced: this.#servingDisplaced }
    const otherPair = { real: this.#other.score, displaced: this.#otherDisplaced }
    const isNewServing = this.#rules.policy === 'roll-back'
    if (isNewServing) this.#trial.note(otherPair, servingPair)
    else this.#trial.note(servingPair, otherPair)
    if (!this.#trial.isOver || this.#trial.challengerWins === isNewServing) return 'none'
    replace(this.#other)
    return isNewServing ? 'restored' : 'promoted'
  }

  /** The model that is not in service: the new one while it learns. */
  get other(): ScoringModel {
    return this.#other
  }

  /** True once one of the two has won. */
  get isOver(): boolean {
    return this.#isDone || this.#trial?.isOver === true
  }

  #trained(replace: (next: ScoringModel) => ScoringModel): SuccessionStep {
    const candidate = this.#other
    const { policy, fewest, trial, seed } = this.#rules
    if (!candidate.isReady || candidate.detector.learned < fewest) return 'none'
    if (policy === 'retrain') this.#isDone = true
    else this.#trial = new ModelTrial(trial, seed)
    if (policy === 'switch') return 'trained'
    this.#other = replace(candidate)
    return 'promoted'
  }

  toJSON(): ModelSuccessionState {
    return { other: this.#other.toJSON(), trial: this.#trial?.toJSON() ?? null }
  }
}

/** A succession as JSON data. */
export interface ModelSuccessionState {
  readonly other: ScoringModelState
  readonly trial: ModelTrialState | null
}
