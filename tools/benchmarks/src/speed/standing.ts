import { median } from '../median.ts'
import type { Step } from './goals.ts'
import type { Measurement } from './measurement.ts'
import { type StepTime, sumOf } from './process-meter.ts'

/** Where one side stands after all repetitions. */
export interface Standing {
  readonly times: Readonly<Record<Step, StepTime>>
  /** Fit + score the first time, before the compiler has seen how they run. */
  readonly firstRun: StepTime
  /** What fit and score needed at most above interpreter, libraries and data, in MB (2^20 bytes). */
  readonly memoryMb: number
  readonly rocAuc: number
}

/** Medians over the repetitions; fit + score is the median of each repetition's sum. */
export function standingOf(measurements: ReadonlyArray<Measurement>): Standing {
  const middle = (figure: (measurement: Measurement) => number): number => median(measurements.map(figure))
  const time = (step: (measurement: Measurement) => StepTime): StepTime => ({
    cpuSeconds: middle((measurement) => step(measurement).cpuSeconds),
    wallSeconds: middle((measurement) => step(measurement).wallSeconds),
  })
  return {
    times: {
      fit: time(({ fit }) => fit),
      score: time(({ score }) => score),
      'fit + score': time(({ fit, score }) => sumOf(fit, score)),
    },
    firstRun: time(({ firstRun }) => firstRun),
    memoryMb: middle(({ residentBeforeMb, residentPeakMb }) => Math.max(0, residentPeakMb - residentBeforeMb)),
    rocAuc: middle(({ rocAuc }) => rocAuc),
  }
}
