import { AnomalyDetectionError } from '../../errors.ts'
import type { LabelSpan } from './label-span.ts'

/** From one instant to another, both inside, in epoch milliseconds. */
export interface TimeWindow {
  readonly start: number
  readonly end: number
}

/**
 * The rows of each window: from the first one that is not before its start to the last one that is not after its end.
 * @param times - shape (n), epoch milliseconds, in order
 * @throws AnomalyDetectionError `invalid-label` where a window ends before it starts or has no row
 */
export function spansOfTimes(times: Float64Array, windows: ReadonlyArray<TimeWindow>): ReadonlyArray<LabelSpan> {
  return windows.map(({ start, end }) => {
    const first = times.findIndex((time) => time >= start)
    const last = times.findLastIndex((time) => time <= end)
    if (start <= end && first !== -1 && first <= last) return { first, last }
    const from = times.length === 0 ? 'there are no rows' : `rows are from ${isoOf(times[0])} to ${isoOf(times.at(-1))}`
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-label',
      `the window from ${isoOf(start)} to ${isoOf(end)} has no row; ${from}`,
      { start, end },
    )
  })
}

function isoOf(time: number | undefined): string {
  const date = new Date(time ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString()
}
