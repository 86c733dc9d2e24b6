import type { CloudEvent, Counters, Counts, EventSubscriber } from '@nomaly/integration-sqlite'

/** What is counted a day; the last three by the store itself. */
export const COUNTED = [
  'uploads',
  'detections',
  'rows',
  'anomalies',
  'models',
  'profiles',
  'checks',
  'trueAlarms',
  'falseAlarms',
  'jobsCompleted',
  'jobsFailed',
  'jobsCancelled',
] as const

type Name = (typeof COUNTED)[number]

const AMOUNTS: Readonly<Record<string, (data: object) => Readonly<Partial<Record<Name, number>>>>> = {
  'nomaly.dataset.uploaded': () => ({ uploads: 1 }),
  'nomaly.detection.completed': (data) => ({
    detections: 1,
    rows: numberIn(data, 'rows'),
    anomalies: numberIn(data, 'anomalies'),
  }),
  'nomaly.model.trained': () => ({ models: 1 }),
  'nomaly.profile.generated': () => ({ profiles: 1 }),
  'nomaly.quality.analyzed': () => ({ checks: 1 }),
  'nomaly.feedback.given': (data) =>
    'verdict' in data && data.verdict === 'false_alarm' ? { falseAlarms: 1 } : { trueAlarms: 1 },
}

/** Counts what happens; an event that comes twice counts once. */
export function countEvents(counters: Pick<Counters, 'count'>): EventSubscriber {
  return {
    name: 'analytics',
    patterns: Object.keys(AMOUNTS),
    handle: async ({ event }) => {
      await counters.count(event, amountsOf(event))
    },
  }
}

function amountsOf({ type, data }: CloudEvent): Counts {
  return AMOUNTS[type]?.(typeof data === 'object' && data !== null ? data : {}) ?? {}
}

function numberIn(data: object, name: 'rows' | 'anomalies'): number {
  const value: unknown = Object.entries(data).find(([key]) => key === name)?.[1]
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0
}
