/** When scores become an alarm, and when the alarm is over: the same run of anomalies is told once. */
import { AnomalyDetectionError } from '../../errors.ts'
import { StateReader } from '../state-reader.ts'

/** Where in an alarm a sample stands; `end` is the first sample after it. */
export type AlarmPhase = 'quiet' | 'start' | 'ongoing' | 'end'

/** When an alarm starts and ends. With a threshold alone, each run of scores at or above it is an alarm. */
export interface AlarmPolicyOptions {
  /** Scores at or above it start an alarm. */
  readonly threshold: number
  /** Hysteresis: an alarm lasts until a score falls below this; <= threshold, which is the default. */
  readonly release?: number | undefined
  /** First of a run: so many scores in a row below the release end an alarm; an integer >= 1, default 1. */
  readonly gap?: number | undefined
  /** Cool-down: no alarm starts within so many samples of the last start; an integer >= 0, default 0. */
  readonly coolDown?: number | undefined
}

/** The state of an alarm policy: JSON data with the id of what can read it and the version of its form. */
export interface AlarmPolicyState {
  readonly id: string
  readonly format: number
  readonly [field: string]: unknown
}

const ID = 'alarm-policy'

/** A run of scores at or above the threshold that begins within the cool-down is quiet to its end, or to that of the cool-down. */
export class AlarmPolicy {
  readonly #threshold: number
  readonly #release: number
  readonly #gap: number
  readonly #coolDown: number
  #isOn = false
  /** Scores in a row below the release. */
  #quiet = 0
  /** Samples since the last start; not counted beyond the cool-down. */
  #sinceStart: number

  /** @throws AnomalyDetectionError `invalid-options` */
  constructor({ threshold, release = threshold, gap = 1, coolDown = 0 }: AlarmPolicyOptions) {
    refuseUnless(Number.isFinite(threshold), 'threshold', threshold, 'a finite number')
    refuseUnless(release <= threshold, 'release', release, `at most the threshold, ${threshold}`)
    refuseUnless(Number.isSafeInteger(gap) && gap >= 1, 'gap', gap, 'a whole number from 1')
    refuseUnless(Number.isSafeInteger(coolDown) && coolDown >= 0, 'coolDown', coolDown, 'a whole number from 0')
    this.#threshold = threshold
    this.#release = release
    this.#gap = gap
    this.#coolDown = coolDown
    this.#sinceStart = coolDown
  }

  /** @param score - of the next sample; NaN counts as quiet */
  update(score: number): AlarmPhase {
    const isCool = this.#sinceStart >= this.#coolDown
    if (!isCool) this.#sinceStart++
    if (this.#isOn) return this.#lasts(score)
    if (!(score >= this.#threshold) || !isCool) return 'quiet'
    this.#isOn = true
    this.#quiet = 0
    this.#sinceStart = 0
    return 'start'
  }

  toJSON(): AlarmPolicyState {
    return {
      id: ID,
      format: 1,
      threshold: this.#threshold,
      release: this.#release,
      gap: this.#gap,
      coolDown: this.#coolDown,
      isOn: this.#isOn,
      quiet: this.#quiet,
      sinceStart: this.#sinceStart,
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): AlarmPolicy {
    const reader = StateReader.ofPart(state, ID)
    const threshold = reader.number('threshold')
    const policy = new AlarmPolicy({
      threshold,
      release: reader.number('release', -Infinity, threshold),
      gap: reader.integer('gap', 1),
      coolDown: reader.integer('coolDown', 0),
    })
    policy.#isOn = reader.flag('isOn')
    policy.#quiet = reader.integer('quiet', 0, policy.#gap)
    policy.#sinceStart = reader.integer('sinceStart', 0, policy.#coolDown)
    return policy
  }

  #lasts(score: number): AlarmPhase {
    if (score >= this.#release) {
      this.#quiet = 0
      return 'ongoing'
    }
    this.#quiet++
    if (this.#quiet < this.#gap) return 'ongoing'
    this.#isOn = false
    return 'end'
  }
}

function refuseUnless(valid: boolean, option: string, value: number, needed: string): void {
  if (valid) return
  throw new AnomalyDetectionError('anomaly-detection/invalid-options', `${option} is ${value}; it must be ${needed}`, {
    option,
    value,
  })
}
