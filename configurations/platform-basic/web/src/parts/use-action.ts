import { useState } from 'preact/hooks'

import { textOf } from '../api/use-answer.tsx'

/** Something the user may do that asks the server. */
export interface Action<A extends ReadonlyArray<unknown>> {
  /** Does nothing while it is being done. */
  readonly start: (...given: A) => void
  readonly isBusy: boolean
  /** Why it did not work the last time. */
  readonly why: string | undefined
}

/** Does what is asked, one at a time, and keeps why it failed until it is tried again. */
export function useAction<A extends ReadonlyArray<unknown>>(act: (...given: A) => Promise<void>): Action<A> {
  const [isBusy, setBusy] = useState(false)
  const [why, setWhy] = useState<string>()
  const start = (...given: A): void => {
    if (isBusy) return
    setBusy(true)
    setWhy(undefined)
    void act(...given)
      .catch((error: unknown) => setWhy(textOf(error)))
      .finally(() => setBusy(false))
  }
  return { start, isBusy, why }
}
