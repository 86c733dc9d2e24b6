import { AnomalyDetectionError } from './errors.ts'

/** @throws AnomalyDetectionError `anomaly-detection/cancelled` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new AnomalyDetectionError('anomaly-detection/cancelled', 'the work was cancelled', {}, signal.reason)
  }
}
