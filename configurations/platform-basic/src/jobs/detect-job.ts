import type { ResultOptions, ResultStore } from '@nomaly/ai-anomaly-detection'

import type { JobInput, ThreadJob } from './job-inputs.ts'

/** A detection that is asked for by a job. */
export interface DetectJob extends Omit<ThreadJob, 'input'> {
  readonly request: JobInput<'detect'>
  readonly results: ResultStore
}

/** How a detection was asked for, as its result keeps it. */
export function keptOptions({
  contamination,
  threshold,
  seed,
  missing,
  encode,
  period,
}: JobInput<'detect'>): ResultOptions {
  const given = Object.entries({ contamination, threshold, seed, missing, encode, period })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}
