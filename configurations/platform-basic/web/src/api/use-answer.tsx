import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** How a question to the server stands. */
export type Answer<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'ready'; readonly value: T }

/**
 * Asks, and asks again whenever `key` changes; the question before is given up.
 * @param key - what the answer depends on
 */
export function useAnswer<T>(key: string, question: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [state, setState] = useState<{ readonly key: string; readonly answer: Answer<T> }>()
  useEffect(() => {
    const control = new AbortController()
    question(control.signal).then(
      (value) => !control.signal.aborted && setState({ key, answer: { kind: 'ready', value } }),
      (error: unknown) => !control.signal.aborted && setState({ key, answer: { kind: 'failed', why: textOf(error) } }),
    )
    return () => control.abort()
  }, [key])
  return state?.key === key ? state.answer : { kind: 'waiting' }
}

/** Shows an answer once it is there, and until then how it stands. */
export function Answered<T>({
  of,
  children,
}: {
  readonly of: Answer<T>
  readonly children: (value: T) => ComponentChildren
}): JSX.Element {
  if (of.kind === 'waiting') return <p role="status">Loading ...</p>
  if (of.kind === 'failed') return <Failure why={of.why} />
  return <>{children(of.value)}</>
}

/** What went wrong, in words. */
export function Failure({ why }: { readonly why: string }): JSX.Element {
  return (
    <p class="failure" role="alert">
      <strong>That did not work.</strong> {why}
    </p>
  )
}

/** The words of an error. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
