/** When what failed is tried again. */
export interface RetrySchedule {
  /** Tries in all, >= 1. */
  readonly attempts: number
  /** Milliseconds after the first failure. */
  readonly firstMs: number
  /** How much longer each wait is than the one before, >= 1. */
  readonly factor: number
  /** No wait is longer. */
  readonly maxMs: number
}

/** Of jobs: three tries, 5 and 20 s apart. */
export const JOB_SCHEDULE: RetrySchedule = { attempts: 3, firstMs: 5000, factor: 4, maxMs: 600_000 }

/** Of deliveries: twelve tries in about four hours. */
export const DELIVERY_SCHEDULE: RetrySchedule = { attempts: 12, firstMs: 1000, factor: 3, maxMs: 3_600_000 }

/**
 * Milliseconds to wait after the given attempt has failed, counted from 1; undefined when it was the last. A random part
 * of up to a quarter is added, so that many failures do not come back at one moment.
 * @param random - in [0, 1)
 */
export function retryDelayMs(attempt: number, schedule: RetrySchedule, random: number): number | undefined {
  if (attempt >= schedule.attempts) return undefined
  const wait = Math.min(schedule.maxMs, schedule.firstMs * schedule.factor ** (attempt - 1))
  return Math.round(wait * (1 + random / 4))
}
