import type { ApprovalStore } from '../../../application/ports/approval-store.ts'
import type { EventArchive } from '../../../application/ports/event-archive.ts'
import type { EventOutbox } from '../../../application/ports/event-outbox.ts'
import type { EventSubscriptions } from '../../../application/ports/event-subscriptions.ts'
import type { ModelVersionStore } from '../../../application/ports/model-version-store.ts'
import type { PromotionStore } from '../../../application/ports/promotion-store.ts'
import type { RegisteredModelStore } from '../../../application/ports/registered-model-store.ts'
import type { WebhookSecrets, WebhookStore } from '../../../application/ports/webhook-store.ts'
import { createSecretBox } from '../../webhooks/secret-box.ts'
import type { WebhookPolicy } from '../../webhooks/webhook-policy.ts'
import { sqliteEventArchive } from '../outbox/sqlite-event-archive.ts'
import { sqliteOutbox } from '../outbox/sqlite-outbox.ts'
import { sqliteWebhookStore } from '../outbox/sqlite-webhook-store.ts'
import { createApprovalStore } from './approval-store.ts'
import { createModelVersionStore } from './model-version-store.ts'
import { createPromotionStore } from './promotion-store.ts'
import { createRegisteredModelStore } from './registered-model-store.ts'
import type { RegistryContext } from './registry-context.ts'

/** The registry and the events of one file. */
export interface RegistryStores {
  readonly registeredModels: RegisteredModelStore
  readonly modelVersions: ModelVersionStore
  readonly promotions: PromotionStore
  readonly approvals: ApprovalStore
  readonly outbox: EventOutbox
  readonly subscriptions: EventSubscriptions
  readonly archive: EventArchive
  readonly webhooks: WebhookStore & WebhookSecrets
}

/** What webhooks may be, and how their secrets are kept. */
export interface WebhookOptions extends WebhookPolicy {
  /**
   * Secrets are encrypted under it (AES-256-GCM): at least 16 random characters, the same in every process that opens
   * the file. Without it they stand in the file as they are; they are never shown by any call either way.
   */
  readonly secretKey?: string
}

/** All of them over one connection. @throws MlopsError `mlops/invalid-options` for a short secret key */
export function createRegistryStores(context: RegistryContext, webhooks: WebhookOptions = {}): RegistryStores {
  const outbox = sqliteOutbox(context.database, context)
  return {
    registeredModels: createRegisteredModelStore(context),
    modelVersions: createModelVersionStore(context),
    promotions: createPromotionStore(context),
    approvals: createApprovalStore(context),
    outbox,
    subscriptions: outbox,
    archive: sqliteEventArchive(context.database, context),
    webhooks: sqliteWebhookStore({ ...context, policy: webhooks, box: createSecretBox(webhooks.secretKey) }),
  }
}
