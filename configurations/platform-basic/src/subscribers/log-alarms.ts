import type { EventSubscriber } from '@nomaly/integration-sqlite'

const MOST_TEXT = 500

/** Writes a line of JSON for each event that somebody should look at. */
export function logAlarms(log: (line: string) => void): EventSubscriber {
  return {
    name: LOG_NAME,
    patterns: ['nomaly.anomaly.detected', 'nomaly.drift.detected', 'nomaly.webhook.disabled'],
    handle: async ({ event: { type, id, subject, time, data } }) =>
      log(JSON.stringify({ time, level: 'warn', event: type, id, subject, ...briefOf(data) })),
  }
}

/** Under which events wait to be written. */
export const LOG_NAME = 'log'

/** Numbers and short texts as they are; of lists the first, which is the highest. */
function briefOf(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null) return {}
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]: readonly [string, unknown]) => {
      if (typeof value === 'number' || (typeof value === 'string' && value.length <= MOST_TEXT)) return [[key, value]]
      if (key === 'anomalies' && Array.isArray(value)) return [['highest', value[0]]]
      return []
    }),
  )
}
