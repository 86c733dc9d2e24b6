/** What an alarm at a row is worth by the NAB rule. Source: A. Lavin, S. Ahmad (2015), section III-B. */
import type { LabelSpan } from './label-span.ts'
import type { NabProfile } from './nab-profile.ts'

const WORST = 3 // window widths behind a window, beyond which an alarm is as bad as can be
const FIRST_ROW = scaledSigmoid(-1) // what the first row of a window is measured by

/** The first rows that NAB leaves out: min(floor(0.15 n), 750). */
export function unscoredRows(rows: number): number {
  return Math.min(Math.floor(0.15 * rows), 750)
}

/** Of an alarm in a row of the window; in (0, tpWeight]. */
export function hitValue(row: number, { first, last }: LabelSpan, { tpWeight }: NabProfile): number {
  const y = -(last - row + 1) / (last - first + 1)
  return (tpWeight * scaledSigmoid(y)) / FIRST_ROW
}

/** Of an alarm outside windows; in [-fpWeight, 0). @param before - the nearest window before it, if there is one */
export function falseAlarmValue(row: number, before: LabelSpan | undefined, { fpWeight }: NabProfile): number {
  if (before === undefined) return -fpWeight
  return fpWeight * scaledSigmoid((row - before.last) / (before.last - before.first))
}

function scaledSigmoid(y: number): number {
  return y > WORST ? -1 : 2 / (1 + Math.exp(5 * y)) - 1
}
