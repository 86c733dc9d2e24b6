/** Thrown where the server refuses or cannot be reached; its text is for the user. */
class AskError extends Error {
  override readonly name: string = 'AskError'
}

/** A call of the API. */
export interface Ask {
  readonly method?: string
  /** Sent as JSON; a file is sent as it is. */
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/**
 * Calls the server and reads its JSON.
 * @returns undefined where there is no content
 * @throws AskError with what to do
 */
export async function ask<T>(path: string, { method, body, signal }: Ask = {}): Promise<T> {
  const isFile = body instanceof Blob
  const answer = await fetch(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(signal && { signal }),
    ...(body !== undefined && {
      headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
      body: isFile ? body : JSON.stringify(body),
    }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error
    throw new AskError('The server does not answer. See whether "nomaly serve" still runs, then try again.')
  })
  const text = await answer.text()
  if (!answer.ok) throw new AskError(wordsOf(answer.status, text))
  return (text === '' ? undefined : JSON.parse(text)) as T // as the API describes it
}

function wordsOf(status: number, text: string): string {
  try {
    const { detail } = JSON.parse(text) as { readonly detail?: string } // a problem of RFC 9457
    if (detail !== undefined) return `${detail.charAt(0).toUpperCase()}${detail.slice(1)} (${status})`
  } catch {
    return `The server answered ${status}: ${text.slice(0, 200)}`
  }
  return `The server answered ${status}.`
}
