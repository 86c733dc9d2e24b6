import type { StreamResult } from './stream-result.ts'

/** A result as JSON lines tell it: times as ISO texts; what does not apply is undefined, and so left out. */
export function streamRecordOf(result: StreamResult): Record<string, unknown> {
  const { index, key, score, probability, isAnomaly, alarm, drift, attribution, expected } = result
  return {
    index,
    time: isoTime(result.time),
    key,
    score,
    probability,
    anomaly: isAnomaly,
    alarm,
    drift: drift && { ...drift, since: { index: drift.since.index, time: isoTime(drift.since.time) } },
    attribution,
    expected,
  }
}

/** Epoch milliseconds as ISO 8601. */
export function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString()
}
