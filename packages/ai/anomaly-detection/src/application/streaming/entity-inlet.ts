import { AnomalyDetectionError } from '../../domain/errors.ts'
import { ReorderBuffer } from '../../domain/streaming/time/reorder-buffer.ts'
import { StepResampler } from '../../domain/streaming/time/step-resampler.ts'
import type { EntityState } from './entity-state.ts'
import { EntityStream } from './entity-stream.ts'
import type { StreamBlueprint } from './stream-blueprint.ts'
import type { StreamResult } from './stream-result.ts'

/** What was not scored, since the stream began. */
export interface InletCounts {
  missing: number
  late: number
  duplicates: number
}

/** One entity's samples as they come: put in order, brought to even steps, made complete, and scored. */
export class EntityInlet {
  readonly stream: EntityStream
  readonly #blueprint: StreamBlueprint
  readonly #counts: InletCounts
  readonly #emit: (result: StreamResult, stream: EntityStream) => void
  readonly #order: ReorderBuffer | undefined
  readonly #resampler: StepResampler | undefined
  readonly #last: Float64Array // the last known number of each feature
  readonly #filled: Float64Array
  /** Whether it has taken a sample since this was last set to false. */
  isDirty = false

  constructor(
    blueprint: StreamBlueprint,
    key: string | undefined,
    counts: InletCounts,
    emit: (result: StreamResult, stream: EntityStream) => void,
  ) {
    const { options, features } = blueprint
    const { latenessMs, capacity, duplicates } = options.order
    const fillsGaps = options.missing === 'carry' || options.missing === 'impute'
    this.stream = new EntityStream(blueprint, key)
    this.#blueprint = blueprint
    this.#counts = counts
    this.#emit = emit
    this.#order =
      options.time === undefined ? undefined : new ReorderBuffer(latenessMs, capacity, duplicates === 'keep')
    this.#resampler = options.resample && new StepResampler({ ...options.resample, fillsGaps }, features.length)
    this.#last = new Float64Array(features.length).fill(Number.NaN)
    this.#filled = new Float64Array(features.length)
  }

  /** Whether it waits for more before it scores all that it has taken. */
  get holdsBack(): boolean {
    return (this.#order?.size ?? 0) > 0 || this.#resampler?.isOpen === true
  }

  /**
   * @param values - shape (features); NaN for what is missing
   * @throws AnomalyDetectionError `missing-value` or `late-sample` where the policies say so; nothing has changed then
   */
  take(values: Float64Array, time: number, index: number, isIncomplete: boolean): void {
    const { missing } = this.#blueprint.options
    if (isIncomplete && missing === 'refuse') throw missingValue(this.#blueprint.features, values)
    if (this.#order === undefined) {
      this.#complete(values, time, index, isIncomplete)
    } else if (this.#order.passes(time)) {
      this.#order.passed(time)
      this.#inOrder(time, values, index)
    } else {
      if (!this.#isWelcome(time)) return
      this.#order.add(time, values, index)
      this.#release(this.#order, false)
    }
    this.isDirty = true
  }

  /** Gives out what waits for late samples, and the step that is not full yet. */
  flush(): void {
    if (this.#order !== undefined) this.#release(this.#order, true)
    this.#resampler?.close((time, values, index) => this.#complete(values, time, index, true))
    this.isDirty = true
  }

  #isWelcome(time: number): boolean {
    const arrival = this.#order?.wouldBe(time) ?? 'kept'
    if (arrival === 'kept') return true
    const { late, duplicates } = this.#blueprint.options.order
    if (arrival === 'late' ? late === 'refuse' : duplicates === 'refuse') {
      throw new AnomalyDetectionError(
        'anomaly-detection/late-sample',
        arrival === 'late'
          ? `a sample of ${new Date(time).toISOString()} comes after later ones were scored; allow more lateness`
          : `there was a sample of ${new Date(time).toISOString()} before`,
        { time, arrival },
      )
    }
    if (arrival === 'late') this.#counts.late++
    else this.#counts.duplicates++
    this.isDirty = true
    return false
  }

  #release(order: ReorderBuffer, all: boolean): void {
    for (let next = order.take(all); next !== undefined; next = order.take(all)) {
      this.#inOrder(next.time, next.values, next.index)
    }
  }

  #inOrder(time: number, values: Float64Array, index: number): void {
    if (this.#resampler === undefined) this.#complete(values, time, index, true)
    else this.#resampler.add(time, values, index, (at, step, last) => this.#complete(step, at, last, true))
  }

  #complete(values: Float64Array, time: number, index: number, mayLack: boolean): void {
    const lacks = mayLack && values.some((value) => Number.isNaN(value))
    const { missing } = this.#blueprint.options
    if (lacks && missing !== 'impute' && !(missing === 'carry' && this.#carry(values))) {
      this.#counts.missing++
      return
    }
    const sample = lacks && missing === 'carry' ? this.#filled : values
    const result = this.stream.process(sample, time, index)
    this.#last.set(sample)
    this.#emit(result, this.stream)
  }

  // False where a feature was never known.
  #carry(values: Float64Array): boolean {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? Number.NaN
      this.#filled[i] = Number.isNaN(value) ? (this.#last[i] ?? Number.NaN) : value
    }
    return !this.#filled.some((value) => Number.isNaN(value))
  }

  toJSON(): EntityState {
    return {
      ...this.stream.toJSON(),
      last: Array.from(this.#last, (value) => (Number.isNaN(value) ? null : value)),
      order: this.#order?.toJSON() ?? null,
      resampler: this.#resampler?.toJSON() ?? null,
    }
  }

  /** Goes on from a `toJSON()` of the same blueprint. @throws AnomalyDetectionError `invalid-stream-state` */
  resume(state: EntityState): void {
    this.stream.resume(state)
    this.#last.set(state.last.map((value) => value ?? Number.NaN))
    if (state.order !== null) this.#order?.resume(state.order)
    if (state.resampler !== null) this.#resampler?.resume(state.resampler)
  }
}

function missingValue(features: ReadonlyArray<string>, values: Float64Array): AnomalyDetectionError {
  const feature = features[values.findIndex((value) => Number.isNaN(value))] ?? ''
  return new AnomalyDetectionError(
    'anomaly-detection/missing-value',
    `'${feature}' of the sample is missing; choose missing: skip, carry or impute to let it pass`,
    { feature },
  )
}
