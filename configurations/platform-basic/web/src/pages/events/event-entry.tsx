import type { ComponentChildren, JSX } from 'preact'

import { timeText } from '../../numbers.ts'
import { JsonView } from '../../parts/json-view.tsx'
import { gistOf, type Happening, subjectAddress } from './event.ts'

/** An event: when, what, about what, and all of it as JSON. */
export function EventEntry({
  event,
  children,
}: {
  readonly event: Happening
  readonly children?: ComponentChildren
}): JSX.Element {
  const { type, time, subject } = event
  const address = subjectAddress(event)
  return (
    <li>
      <details>
        <summary>
          <strong>{type}</strong> {time !== undefined && <time dateTime={time}>{timeText(Date.parse(time))}</time>}
        </summary>
        <JsonView label={`All of ${type}`} value={event} />
      </details>
      {subject !== undefined && (address === undefined ? subject : <a href={address}>{subject}</a>)} {gistOf(event)}
      {children}
    </li>
  )
}
