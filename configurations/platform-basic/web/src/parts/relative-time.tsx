import type { JSX } from 'preact'

import { timeText } from '../numbers.ts'
import { agoText } from './ago-text.ts'

/** How long ago a moment is; the moment itself shows on hovering. */
export function RelativeTime({ at }: { readonly at: number }): JSX.Element {
  return (
    <time dateTime={new Date(at).toISOString()} title={timeText(at)}>
      {agoText(at, Date.now())}
    </time>
  )
}
