/** One of several things that are wrong with what was sent. */
export interface Fault {
  readonly path: string
  readonly message: string
  /** Of a text, from 1 on. */
  readonly line?: number
}

/** Thrown where the server refuses or cannot be reached; its text is for the user. */
export class AskError extends Error {
  override readonly name: string = 'AskError'
  /** Each fault, where the server tells more than one thing. */
  readonly faults: ReadonlyArray<Fault>

  constructor(message: string, faults: ReadonlyArray<Fault> = []) {
    super(message)
    this.faults = faults
  }
}

/** A call of the API. */
export interface Ask {
  readonly method?: string
  /** Sent as JSON; a file is sent as it is, and a text where `type` says what it is. */
  readonly body?: unknown
  readonly type?: string
  readonly signal?: AbortSignal
}

/**
 * Calls the server and reads its JSON.
 * @returns undefined where there is no content
 * @throws AskError with what to do
 */
export async function ask<T>(path: string, asked: Ask = {}): Promise<T> {
  const text = await askText(path, asked)
  return (text === '' ? undefined : JSON.parse(text)) as T // as the API describes it
}

/**
 * Calls the server and reads its text.
 * @throws AskError with what to do
 */
export async function askText(path: string, { method, body, type, signal }: Ask = {}): Promise<string> {
  const isRaw = body instanceof Blob || type !== undefined
  const answer = await fetch(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(signal && { signal }),
    ...(body !== undefined && {
      headers: { 'content-type': type ?? (isRaw ? 'application/octet-stream' : 'application/json') },
      body: isRaw ? (body as BodyInit) : JSON.stringify(body), // a file, or a text of a type
    }),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error
    throw new AskError('The server does not answer. See whether "nomaly serve" still runs, then try again.')
  })
  const text = await answer.text()
  if (!answer.ok) throw refusal(answer.status, text)
  return text
}

/** What the server says when it refuses. */
export function refusal(status: number, text: string): AskError {
  try {
    // a problem of RFC 9457, or what MLflow's API answers
    const problem = JSON.parse(text) as {
      readonly detail?: string
      readonly message?: string
      readonly errors?: ReadonlyArray<Fault>
    }
    const said = problem.detail ?? problem.message
    if (said !== undefined)
      return new AskError(`${said.charAt(0).toUpperCase()}${said.slice(1)} (${status})`, problem.errors)
  } catch {
    return new AskError(`The server answered ${status}: ${text.slice(0, 200)}`)
  }
  return new AskError(`The server answered ${status}.`)
}
