import { SqliteError } from '../domain/errors.ts'

/**
 * The work's outcome, or a rejection when it takes longer: then its signal is aborted, and what it does later is ignored.
 * @throws SqliteError `sqlite/timed-out` after `timeoutMs`
 */
export async function within<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new SqliteError('sqlite/timed-out', `no answer within ${timeoutMs} ms`, { timeoutMs })
      controller.abort(error)
      reject(error)
    }, timeoutMs)
  })
  try {
    return await Promise.race([work(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
