import { type Frame, framesOf } from './sse-frames.ts'

/** How a live connection stands. */
export type LiveState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'broken'; readonly why: string; readonly againMs: number }
  /** Trying again would not help. */
  | { readonly kind: 'refused'; readonly why: string }

/** What is followed. */
export interface Following {
  /** The address of server-sent events. */
  readonly path: string
  /** The id that was seen last; empty at the beginning. */
  readonly lastId: string
  readonly onFrame: (frame: Frame) => void
  readonly onState: (state: LiveState) => void
  readonly signal: AbortSignal
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15_000
const SILENCE_MS = 40_000 // the server's heartbeat is 15 s

/** Follows a stream of server-sent events until the signal; after a break it goes on behind the last event that came. */
export async function follow({ path, lastId, onFrame, onState, signal }: Following): Promise<void> {
  let id = lastId
  let wait = FIRST_WAIT_MS
  while (!signal.aborted) {
    const ended = new AbortController()
    const both = AbortSignal.any([signal, ended.signal])
    let timer = setTimeout(() => ended.abort(), SILENCE_MS)
    let why = 'The server ended the connection.'
    try {
      const headers = { accept: 'text/event-stream', ...(id !== '' && { 'last-event-id': id }) }
      const answer = await fetch(path, { headers, signal: both, cache: 'no-store' })
      if (answer.status >= 400 && answer.status < 500) return onState({ kind: 'refused', why: await refusalOf(answer) })
      if (!answer.ok || answer.body === null) throw new Error(`status ${answer.status}`)
      onState({ kind: 'connected' })
      wait = FIRST_WAIT_MS
      const live = (): void => {
        clearTimeout(timer)
        timer = setTimeout(() => ended.abort(), SILENCE_MS)
      }
      for await (const frame of framesOf(answer.body, live)) {
        if (frame.id !== '') id = frame.id
        onFrame(frame)
      }
    } catch {
      if (signal.aborted) return
      why = 'The server does not answer.'
    } finally {
      clearTimeout(timer)
    }
    if (signal.aborted) return
    onState({ kind: 'broken', why, againMs: wait })
    await pause(wait, signal)
    wait = Math.min(LONGEST_WAIT_MS, wait * 2)
  }
}

async function refusalOf(answer: Response): Promise<string> {
  const text = await answer.text()
  try {
    return `${(JSON.parse(text) as { readonly detail: string }).detail} (${answer.status})` // a problem of RFC 9457
  } catch {
    return `The server answered ${answer.status}.`
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    addEventListener('online', end)
    signal.addEventListener('abort', end)
  })
}
