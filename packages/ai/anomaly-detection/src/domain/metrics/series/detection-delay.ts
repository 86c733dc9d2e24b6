import type { LabelSpan } from './label-span.ts'

/** How soon after its begin each window was noticed. */
export interface DetectionDelay {
  /** A window each: rows from its first row to the first alarm in it, 0 at best; null where none is. */
  readonly delays: ReadonlyArray<number | null>
  /** Mean of the windows that were noticed, in rows; null where none was. */
  readonly meanDelay: number | null
  /** Windows with an alarm in them, as a share of all; 0 without windows. */
  readonly detected: number
  /** Runs of alarms that touch no window. */
  readonly falseAlarms: number
}

/**
 * @param windows - the labelled ranges, oldest first, without overlap
 * @param alarms - the predicted ranges, oldest first, without overlap; see `alarmSpans`. A run that began before a window and
 *   still lasts notices it at once.
 */
export function detectionDelay(windows: ReadonlyArray<LabelSpan>, alarms: ReadonlyArray<LabelSpan>): DetectionDelay {
  const touches = (a: LabelSpan, b: LabelSpan): boolean => a.first <= b.last && b.first <= a.last
  const delays = windows.map((window) => {
    const alarm = alarms.find((one) => touches(one, window))
    return alarm === undefined ? null : Math.max(0, alarm.first - window.first)
  })
  const found = delays.filter((delay) => delay !== null)
  return {
    delays,
    meanDelay: found.length === 0 ? null : found.reduce((sum, delay) => sum + delay, 0) / found.length,
    detected: windows.length === 0 ? 0 : found.length / windows.length,
    falseAlarms: alarms.filter((alarm) => !windows.some((window) => touches(alarm, window))).length,
  }
}
