import type { Webhook } from '@nomaly/integration-sqlite'
import type { JSX } from 'preact'

import { timeText } from '../../numbers.ts'
import { Badge } from '../../parts/badge.tsx'

/** Whether a webhook is called, and whether it answers. */
export function WebhookState({
  webhook: { status, reason = '', failingSince },
}: {
  readonly webhook: Webhook
}): JSX.Element {
  if (status === 'disabled') return <Badge mood="bad" text={`disabled: ${reason}`} />
  if (failingSince !== undefined) return <Badge mood="warning" text={`failing since ${timeText(failingSince)}`} />
  return <Badge mood="good" text="active" />
}
