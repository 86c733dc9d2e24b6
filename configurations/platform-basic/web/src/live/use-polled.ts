import { useEffect, useState } from 'preact/hooks'

import { type Answer, textOf } from '../api/use-answer.tsx'
import { useShown } from './use-shown.ts'

const SHORTEST_MS = 500
const LONGEST_MS = 3000
const SLOWER = 1.5

/**
 * Asks again and again while the page is shown: soon while answers change, ever more seldom, up to 3 s, while they stay or fail.
 * The last answer stays until the next is there.
 * @param key - what the answer depends on; changing it asks at once
 * @param isOver - whether an answer is the last one
 * @param round - changing it asks anew, and what is shown stays until then
 */
export function usePolled<T>(
  key: string,
  question: (signal: AbortSignal) => Promise<T>,
  { isOver = () => false, round = 0 }: { readonly isOver?: (value: T) => boolean; readonly round?: number } = {},
): Answer<T> {
  const [state, setState] = useState<{ readonly key: string; readonly answer: Answer<T> }>()
  const isShown = useShown()
  useEffect(() => {
    if (!isShown) return undefined
    const control = new AbortController()
    const { signal } = control
    let [wait, before] = [SHORTEST_MS, '']
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      const answer = await question(signal).then(
        (value): Answer<T> => ({ kind: 'ready', value }),
        (error: unknown): Answer<T> => ({ kind: 'failed', why: textOf(error) }),
      )
      if (signal.aborted) return
      const text = JSON.stringify(answer)
      if (text !== before) setState({ key, answer })
      if (answer.kind === 'ready' && isOver(answer.value)) return
      wait = text === before || answer.kind === 'failed' ? Math.min(LONGEST_MS, wait * SLOWER) : SHORTEST_MS
      before = text
      timer = setTimeout(() => void look(), wait)
    }
    void look()
    return () => {
      control.abort()
      clearTimeout(timer)
    }
  }, [key, round, isShown])
  return state?.key === key ? state.answer : { kind: 'waiting' }
}
