import { randomUUID } from 'node:crypto'

import {
  checkWebhookAddress,
  createHttpWebhookSender,
  createSecretBox,
  type WebhookPolicy,
} from '@nomaly/ai-mlops/node'
import { type EventBus, type SqliteStore, Webhooks } from '@nomaly/integration-sqlite'

/** Whom webhooks may call, and what their secrets are encrypted with. */
export interface WebhookSettings {
  /** Also this machine and its network, and over http. */
  readonly allowLocal: boolean
  /** At least 16 characters; without it the secrets stand in the data folder as they are. */
  readonly secretKey: string | undefined
}

/** Webhooks of the bus, called by the sender that MLflow's webhooks are called by: it guards against private addresses. */
export function openWebhooks(
  { webhooks }: Pick<SqliteStore, 'webhooks'>,
  bus: EventBus,
  { allowLocal, secretKey }: WebhookSettings,
): Webhooks {
  const policy = { allowHttp: allowLocal, allowPrivateAddresses: allowLocal }
  return new Webhooks({
    webhooks,
    bus,
    sender: { check: (url) => checkAddress(url, policy), send: createHttpWebhookSender(policy).send },
    secrets: createSecretBox(secretKey),
    now: Date.now,
    newId: randomUUID,
  })
}

function checkAddress(url: string, policy: WebhookPolicy): void {
  try {
    checkWebhookAddress(url, policy)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${message}; nomaly serve --local-webhooks allows this machine, its network and http`, { cause })
  }
}
