import { z } from 'zod'

import type { StepTime } from './process-meter.ts'

/** What one process measured: one detector of one side, at one size. */
export interface Measurement {
  /** Of the matrix as row-major little-endian float64: both sides must have worked on the same. */
  readonly dataSha256: string
  readonly fit: StepTime
  readonly score: StepTime
  /** The first fit and score on these data, before the compiler has seen how they run. */
  readonly firstRun: StepTime
  /** Interpreter, libraries and data, before the first fit. */
  readonly residentBeforeMb: number
  /** The most there was during the first fit and score. */
  readonly residentPeakMb: number
  readonly rocAuc: number
  /** How many cores other processes kept busy meanwhile; null where the system does not tell. */
  readonly othersBusyCores: number | null
  readonly versions: Readonly<Record<string, string>>
}

const figure = z.number().nonnegative()
const step = z.strictObject({ cpuSeconds: figure, wallSeconds: figure })
const schema = z.strictObject({
  dataSha256: z.string().length(64),
  fit: step,
  score: step,
  firstRun: step,
  residentBeforeMb: figure,
  residentPeakMb: figure,
  rocAuc: figure.max(1),
  othersBusyCores: figure.nullable(),
  versions: z.record(z.string(), z.string()),
}) satisfies z.ZodType<Measurement>

/** Reads what a measuring process printed. @throws Error with the text where it is not a measurement */
export function parseMeasurement(text: string): Measurement {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(`not a measurement: ${text.slice(0, 300)}`, { cause })
  }
}
