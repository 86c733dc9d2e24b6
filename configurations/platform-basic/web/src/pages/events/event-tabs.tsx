import type { JSX } from 'preact'

import { addressOf } from '../../place.ts'

const TABS = {
  events: 'What happens',
  'dead-letters': 'Not delivered',
  webhooks: 'Webhooks',
  audit: 'Audit',
  activity: 'Activity',
} as const

/** The ways among the pages about events. */
export function EventTabs({ now }: { readonly now: keyof typeof TABS }): JSX.Element {
  return (
    <nav class="ways" aria-label="About events">
      {Object.entries(TABS).map(([page, title]) => (
        <a key={page} href={addressOf(page)} aria-current={page === now ? 'page' : undefined}>
          {title}
        </a>
      ))}
    </nav>
  )
}
