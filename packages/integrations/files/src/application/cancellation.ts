import { errorAt } from '../domain/place.ts'

/** @throws FilesError `files/cancelled` once the signal is aborted, with its reason as the cause. */
export function throwIfCancelled(path: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw errorAt('files/cancelled', { path }, 'reading was cancelled', {}, signal.reason)
}
