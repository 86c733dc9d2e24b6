import { z } from 'zod'

import type { StreamDriftState } from '../../domain/drift/stream/stream-drift-detector.ts'
import type { AlarmPolicyState } from '../../domain/streaming/alarms/alarm-policy.ts'
import type { ReorderState } from '../../domain/streaming/time/reorder-buffer.ts'
import type { ResamplerState } from '../../domain/streaming/time/step-resampler.ts'
import type { SampleWindowState } from '../../domain/streaming/window/sample-window.ts'
import type { DriftWatchState } from './drift-watch.ts'
import type { ModelSuccessionState } from './model-succession.ts'
import type { ScoringModelState } from './scoring-model.ts'
import type { StreamBlueprint } from './stream-blueprint.ts'

/** What an `EntityStream` knows, as JSON data. */
export interface EntityStreamState {
  readonly model: ScoringModelState
  readonly alarm: AlarmPolicyState
  readonly window: SampleWindowState | null
  readonly watch: DriftWatchState | null
  readonly succession: ModelSuccessionState | null
  readonly generations: number
  readonly leftOut: number
}

/** What an `EntityInlet` knows, as JSON data. */
export interface EntityState extends EntityStreamState {
  readonly last: ReadonlyArray<number | null>
  readonly order: ReorderState | null
  readonly resampler: ResamplerState | null
}

const count = z.int().min(0)
const numberOrNull = z.number().nullable()
const part = z.looseObject({ id: z.string(), format: z.int() }) // its catalogue checks the rest
const numbers = (values: unknown): boolean => Array.isArray(values) && values.every((one) => Number.isFinite(one))
const gappyNumbers = (values: unknown): boolean =>
  Array.isArray(values) && values.every((one) => one === null || Number.isFinite(one))
const numberList = z.custom<ReadonlyArray<number>>(numbers, 'must be a list of finite numbers')
const gappyList = z.custom<ReadonlyArray<number | null>>(gappyNumbers, 'must be a list of finite numbers and nulls')

const model: z.ZodType<ScoringModelState> = z.strictObject({
  generation: z.int().min(1),
  detector: part,
  calibrator: part.nullable(),
})
const word = z.int().min(0).max(0xff_ff_ff_ff)

/**
 * The schema of the state of the entities of a stream: lengths and ranges are those of its blueprint.
 * @returns null stands for NaN, and in `order` for no time yet
 */
export function entityStateSchema({ options, features, drift }: StreamBlueprint): z.ZodType<EntityState> {
  const columns = features.length
  const row = gappyList.refine((values) => values.length === columns, `must have ${columns} numbers`)
  const fullRow = numberList.refine((values) => values.length === columns, `must have ${columns} numbers`)
  const window: z.ZodType<SampleWindowState> = z
    .strictObject({
      capacity: z.literal(options.window),
      columns: z.literal(columns + 2),
      places: numberList,
      values: gappyList,
    })
    .refine(({ places, values }) => places.length <= options.window && values.length === places.length * (columns + 2))
  const scale = z.strictObject({
    wanted: z.int().min(2),
    first: numberList,
    centre: z.number(),
    spread: z.number().min(0),
  })
  const detector: z.ZodType<StreamDriftState> = part
  const trial = z.strictObject({
    length: z.int().min(1),
    random: z.tuple([word, word, word, word]),
    seen: count,
    incumbent: z.number().min(0),
    challenger: z.number().min(0),
  })
  const waiting = z.strictObject({ time: z.number(), index: count, values: row })
  return z.strictObject({
    model,
    alarm: part,
    window: drift === undefined ? z.null() : window,
    watch: drift === undefined ? z.null() : z.array(z.strictObject({ scale, detector })).length(drift.names.length),
    succession: z.strictObject({ other: model, trial: trial.nullable() }).nullable(),
    generations: z.int().min(1),
    leftOut: count,
    last: row,
    order:
      options.time === undefined
        ? z.null()
        : z.strictObject({ latest: numberOrNull, released: numberOrNull, waiting: z.array(waiting) }),
    resampler:
      options.resample === undefined
        ? z.null()
        : z.strictObject({
            step: numberOrNull,
            index: z.int().min(-1),
            isOpen: z.boolean(),
            values: fullRow,
            counts: fullRow,
          }),
  })
}
