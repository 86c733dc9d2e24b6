import { errorAt } from '../domain/place.ts'

/** @throws FilesError `files/cancelled` once the signal is aborted, with its reason as the cause. */
export function throwIfCancelled(path: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw errorAt('files/cancelled', { path }, 'reading was cancelled', {}, signal.reason)
}

/** A `close` that the signal's abort calls too, and that forgets the signal once it was called. */
export function closedByAbort(close: () => Promise<void>, signal: AbortSignal | undefined): () => Promise<void> {
  if (signal === undefined) return close
  const closeBoth = async (): Promise<void> => {
    signal.removeEventListener('abort', onAbort)
    await close()
  }
  // A failure to close is reported to whoever reads the table: `close` answers every caller with the same promise.
  const onAbort = (): void => void closeBoth().catch(() => undefined)
  signal.addEventListener('abort', onAbort, { once: true })
  return closeBoth
}
