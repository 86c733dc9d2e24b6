import type { AlarmPolicy } from '../../domain/streaming/alarms/alarm-policy.ts'
import { SampleWindow } from '../../domain/streaming/window/sample-window.ts'
import { describeDrift } from './describe-drift.ts'
import { attributionOf, expectationOf, isForecasting } from './detector-abilities.ts'
import { DriftWatch } from './drift-watch.ts'
import { entitySeed } from './entity-seed.ts'
import type { EntityStreamState } from './entity-state.ts'
import { ModelSuccession, type SuccessionRules, type SuccessionStep } from './model-succession.ts'
import type { ScoringModel } from './scoring-model.ts'
import type { StreamBlueprint } from './stream-blueprint.ts'
import type { StreamDrift, StreamResult } from './stream-result.ts'

const MOST_LEFT_OUT = 100 // anomalies in a row that are not learned from, where only normal samples are

/** One entity's samples through its model: each is scored, then learned from, and the stream is watched for change. */
export class EntityStream {
  readonly #blueprint: StreamBlueprint
  readonly #key: string | undefined
  readonly #columns: number
  readonly #row: Float64Array
  #alarm: AlarmPolicy
  #window: SampleWindow | undefined // of features, score and time; where the stream is watched
  #watch: DriftWatch | undefined
  #model: ScoringModel
  #generations = 1
  #succession: ModelSuccession | undefined
  #leftOut = 0
  /** What became of a new model at the last sample. */
  step: SuccessionStep = 'none'
  /** The model that the last such step was about. */
  newest: ScoringModel

  constructor(blueprint: StreamBlueprint, key: string | undefined) {
    this.#blueprint = blueprint
    this.#key = key
    this.#columns = blueprint.features.length
    this.#row = new Float64Array(this.#columns + 2)
    this.#alarm = blueprint.newAlarm()
    this.#window = blueprint.drift && new SampleWindow(blueprint.options.window, this.#columns + 2)
    this.#watch = blueprint.drift && new DriftWatch(blueprint.drift)
    this.#model = blueprint.newModel(entitySeed(blueprint.options.seed, key, 1), 1)
    this.newest = this.#model
  }

  /**
   * @param time - epoch milliseconds, or NaN
   * @throws AnomalyDetectionError for a sample that the detector refuses; nothing has changed then
   */
  process(sample: Float64Array, time: number, index: number): StreamResult {
    const { attribution: wanted, options, calibrator, threshold } = this.#blueprint
    const model = this.#model
    const wasReady = model.isReady
    const isExpecting = options.expected && isForecasting(model.detector)
    const isFused = wanted === 'never' && options.learnFrom === 'all' && !isExpecting
    if (this.#window !== undefined) this.#succession?.before(sample, time, model, this.#window)
    if (isFused) model.judgeThenLearn(sample, time)
    else model.judge(sample, time)
    const { score, probability } = model
    const judged = calibrator === undefined ? score : probability
    const isAnomaly = wasReady && judged >= threshold
    const isAttributed = wasReady && (wanted === 'always' || (wanted === 'anomalies' && isAnomaly))
    const attribution = isAttributed ? attributionOf(model.detector, sample, this.#blueprint.features) : undefined
    const expected = isAnomaly && isExpecting ? expectationOf(model.detector, sample, time) : undefined
    if (!isFused) this.#learn(sample, time, isAnomaly)
    const window = this.#window
    let drift: StreamDrift | undefined
    if (window !== undefined) {
      const known = wasReady ? score : Number.NaN
      this.#keep(window, sample, known, time, index)
      const changed = this.#changed(sample, known, isAnomaly)
      if (changed !== undefined) drift = this.#respond(window, changed)
    }
    this.step = this.#succeed(sample, time)
    return {
      index,
      time: Number.isNaN(time) ? undefined : time,
      key: this.#key,
      values: [...sample],
      score,
      probability: calibrator === undefined ? undefined : probability,
      isAnomaly,
      alarm: this.#alarm.update(wasReady ? judged : Number.NaN),
      drift,
      attribution,
      expected,
    }
  }

  #learn(sample: Float64Array, time: number, isAnomaly: boolean): void {
    const isLeftOut = this.#blueprint.options.learnFrom === 'normal' && isAnomaly && this.#leftOut < MOST_LEFT_OUT
    this.#leftOut = isLeftOut ? this.#leftOut + 1 : 0
    this.#model.learn(sample, time, !isLeftOut)
  }

  #keep(window: SampleWindow, sample: Float64Array, score: number, time: number, index: number): void {
    this.#row.set(sample)
    this.#row[this.#columns] = score
    this.#row[this.#columns + 1] = time
    window.push(this.#row, index)
  }

  // Names of what has changed at this sample.
  #changed(sample: Float64Array, score: number, isAnomaly: boolean): ReadonlyArray<string> | undefined {
    const { drift } = this.#blueprint
    if (drift === undefined || this.#watch === undefined) return undefined
    let found: string[] | undefined
    for (let i = 0; i < drift.columns.length; i++) {
      const column = drift.columns[i] ?? -1
      const ofScore = drift.watchesErrors && !Number.isNaN(score) ? Number(isAnomaly) : score
      const value = column === -1 ? ofScore : (sample[column] ?? Number.NaN)
      if (this.#watch.hasChanged(i, value)) (found ??= []).push(drift.names[i] ?? '')
    }
    return found
  }

  #respond(window: SampleWindow, changed: ReadonlyArray<string>): StreamDrift {
    const { drift, features } = this.#blueprint
    const policy = drift?.options.policy ?? 'alert'
    const { summary, samplesSince } = describeDrift(window, features, changed)
    window.keepNewest(samplesSince)
    this.#watch?.restart()
    const action = policy === 'alert' ? 'alert' : this.#succession === undefined ? policy : 'pending'
    if (action !== 'alert' && action !== 'pending') this.#beginSuccession(window, action)
    return { detector: drift?.options.detector.id ?? '', watched: changed, ...summary, action }
  }

  #beginSuccession(window: SampleWindow, policy: SuccessionRules['policy']): void {
    const candidate = this.#blueprint.newModel(this.#seedOf(++this.#generations), this.#generations)
    for (let i = 0; i < window.size - 1; i++) {
      const row = window.sample(i)
      candidate.judgeThenLearn(row.subarray(0, this.#columns), row[this.#columns + 1] ?? Number.NaN) // the newest comes with `#succeed`
    }
    this.#succession = new ModelSuccession(this.#rulesOf(policy, this.#generations), candidate)
  }

  #succeed(sample: Float64Array, time: number): SuccessionStep {
    if (this.#succession === undefined) return 'none'
    const step = this.#succession.after(sample, time, this.#model, (next) => {
      const before = this.#model
      this.#model = next
      return before
    })
    if (step === 'trained') this.newest = this.#succession.other
    else if (step !== 'none') this.newest = this.#model
    if (this.#succession.isOver) this.#succession = undefined
    return step
  }

  #rulesOf(policy: SuccessionRules['policy'], generation: number): SuccessionRules {
    const { trial, fewest } = this.#blueprint.drift?.options ?? { trial: 1, fewest: 1 }
    return { policy, trial, fewest, columns: this.#columns, seed: this.#seedOf(generation) }
  }

  #seedOf(generation: number): number {
    return entitySeed(this.#blueprint.options.seed, this.#key, generation)
  }

  toJSON(): EntityStreamState {
    return {
      model: this.#model.toJSON(),
      alarm: this.#alarm.toJSON(),
      window: this.#window?.toJSON() ?? null,
      watch: this.#watch?.toJSON() ?? null,
      succession: this.#succession?.toJSON() ?? null,
      generations: this.#generations,
      leftOut: this.#leftOut,
    }
  }

  /** Goes on from a `toJSON()` of the same blueprint. @throws AnomalyDetectionError `invalid-stream-state` */
  resume(state: EntityStreamState): void {
    const { drift, options } = this.#blueprint
    this.#model = this.#blueprint.restoreModel(state.model)
    this.#alarm = this.#blueprint.restoreAlarm(state.alarm)
    if (state.window !== null) this.#window = SampleWindow.fromJSON(state.window)
    if (drift !== undefined && state.watch !== null) this.#watch?.resume(state.watch, drift.restoreDetector)
    this.#generations = state.generations
    this.#leftOut = state.leftOut
    if (state.succession === null || options.drift === false || options.drift.policy === 'alert') return
    const candidate = this.#blueprint.restoreModel(state.succession.other)
    const rules = this.#rulesOf(options.drift.policy, state.generations)
    this.#succession = new ModelSuccession(rules, candidate, state.succession.trial)
  }
}
