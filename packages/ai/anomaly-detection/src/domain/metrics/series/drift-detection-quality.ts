/**
 * How well a drift detector finds known changes.
 * Source: A. Bifet et al. (2013), CD-MOA: change detection framework for massive online analysis, IDA: mean time between false
 * alarms, mean time to detection, missed detection rate.
 */
import { AnomalyDetectionError } from '../../errors.ts'

/** What a drift detector is worth on a stream whose changes are known. */
export interface DriftDetectionQuality {
  /** A change each: items from the first one of the new distribution to the first alarm, 0 at best; null where it was missed. */
  readonly delays: ReadonlyArray<number | null>
  /** Mean of the changes that were found, in items; null where none was. */
  readonly meanDelay: number | null
  /** Share of the changes that were missed; 0 without changes. */
  readonly missed: number
  /** Alarms that are not the first one after a change and within its horizon. */
  readonly falseAlarms: number
  /** False alarms an item. */
  readonly falseAlarmRate: number
  /** Items a false alarm, the mean time between them; Infinity where there is none. */
  readonly itemsPerFalseAlarm: number
}

/** What counts as found. */
export interface DriftDetectionOptions {
  /** A change is found by an alarm less than so many items after it; default: until the next change, or the end. */
  readonly horizon?: number
}

/**
 * @param detections - positions of the alarms, from 0, ascending
 * @param changes - positions of the first items of each new distribution, ascending; empty for a stationary stream
 * @param items - the length of the stream, >= 1
 * @throws AnomalyDetectionError `invalid-label` where a position is outside the stream or out of order
 */
export function driftDetectionQuality(
  detections: ReadonlyArray<number>,
  changes: ReadonlyArray<number>,
  items: number,
  { horizon = Infinity }: DriftDetectionOptions = {},
): DriftDetectionQuality {
  refuseOutOfOrder(detections, items, 'alarm')
  refuseOutOfOrder(changes, items, 'change')
  const delays = changes.map((change, index) => {
    const end = Math.min(changes[index + 1] ?? items, change + horizon)
    const found = detections.find((at) => at >= change && at < end)
    return found === undefined ? null : found - change
  })
  const found = delays.filter((delay) => delay !== null)
  const falseAlarms = detections.length - found.length
  return {
    delays,
    meanDelay: found.length === 0 ? null : found.reduce((sum, delay) => sum + delay, 0) / found.length,
    missed: changes.length === 0 ? 0 : 1 - found.length / changes.length,
    falseAlarms,
    falseAlarmRate: falseAlarms / items,
    itemsPerFalseAlarm: items / falseAlarms,
  }
}

function refuseOutOfOrder(positions: ReadonlyArray<number>, items: number, what: string): void {
  for (const [index, at] of positions.entries()) {
    if (Number.isInteger(at) && at >= 0 && at < items && at > (positions[index - 1] ?? -1)) continue
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-label',
      `${what} ${index} is at ${at}; positions ascend, from 0 to ${items - 1}`,
      { index, at, items },
    )
  }
}
