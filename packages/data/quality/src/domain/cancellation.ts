import { QualityError } from './errors.ts'

/** Why work was given up: `quality/timed-out` for `AbortSignal.timeout`, else `quality/cancelled`. */
export function cancellation(
  signal: AbortSignal | undefined,
  details: Readonly<Record<string, unknown>> = {},
): QualityError {
  const reason: unknown = signal?.reason
  const timedOut = reason instanceof Error && reason.name === 'TimeoutError'
  return timedOut
    ? new QualityError('quality/timed-out', 'the time allowed for this is over', details, reason)
    : new QualityError('quality/cancelled', 'the validation was cancelled', details, reason)
}

/** @throws QualityError see `cancellation` */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancellation(signal)
}
