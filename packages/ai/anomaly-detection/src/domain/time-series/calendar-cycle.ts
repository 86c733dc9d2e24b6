import type { Period } from './period.ts'

const CYCLES: ReadonlyArray<{ readonly name: string; readonly ms: number }> = [
  { name: 'a minute', ms: 60_000 },
  { name: 'an hour', ms: 3_600_000 },
  { name: 'a day', ms: 86_400_000 },
  { name: 'a week', ms: 604_800_000 },
]
const NEAR = 0.03 // of the cycle: noise moves the peak of an autocorrelation by so much

/** A cycle, by its name in the calendar where it has one. */
export interface CalendarCycle {
  readonly name: string
  /** In points. */
  readonly length: number
}

/**
 * The hour, day or week that a cycle found in a series must be: one within 3 % of it that is a whole number of points.
 * @param stepMs - milliseconds from point to point
 */
export function calendarCycle({ length }: Pick<Period, 'length'>, stepMs: number): CalendarCycle | undefined {
  for (const { name, ms } of CYCLES) {
    const points = ms / stepMs
    if (points >= 2 && Number.isInteger(points) && Math.abs(length - points) <= NEAR * points) {
      return { name, length: points }
    }
  }
  return undefined
}
