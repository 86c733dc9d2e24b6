import { AnomalyDetectionError } from '../../../domain/errors.ts'

/** Does work on a file. @throws AnomalyDetectionError `storage-failed`, naming it; errors of this package as they are */
export async function stored<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (AnomalyDetectionError.is(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `${path} cannot be used: ${reason}`
    throw new AnomalyDetectionError('anomaly-detection/storage-failed', message, { path }, cause)
  }
}
