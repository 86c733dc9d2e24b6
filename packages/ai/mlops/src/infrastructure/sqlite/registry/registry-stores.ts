import type { ApprovalStore } from '../../../application/ports/approval-store.ts'
import type { EventArchive } from '../../../application/ports/event-archive.ts'
import type { EventOutbox } from '../../../application/ports/event-outbox.ts'
import type { EventSubscriptions } from '../../../application/ports/event-subscriptions.ts'
import type { ModelVersionStore } from '../../../application/ports/model-version-store.ts'
import type { PromotionStore } from '../../../application/ports/promotion-store.ts'
import type { RegisteredModelStore } from '../../../application/ports/registered-model-store.ts'
import { sqliteEventArchive } from '../outbox/sqlite-event-archive.ts'
import { sqliteOutbox } from '../outbox/sqlite-outbox.ts'
import { createApprovalStore } from './approval-store.ts'
import { createModelVersionStore } from './model-version-store.ts'
import { createPromotionStore } from './promotion-store.ts'
import { createRegisteredModelStore } from './registered-model-store.ts'
import type { RegistryContext } from './registry-context.ts'

/** The registry and the events of one file. */
export interface RegistryStores {
  readonly models: RegisteredModelStore
  readonly versions: ModelVersionStore
  readonly promotions: PromotionStore
  readonly approvals: ApprovalStore
  readonly outbox: EventOutbox
  readonly subscriptions: EventSubscriptions
  readonly archive: EventArchive
}

/** All of them over one connection. */
export function createRegistryStores(context: RegistryContext): RegistryStores {
  const outbox = sqliteOutbox(context.database, context)
  return {
    models: createRegisteredModelStore(context),
    versions: createModelVersionStore(context),
    promotions: createPromotionStore(context),
    approvals: createApprovalStore(context),
    outbox,
    subscriptions: outbox,
    archive: sqliteEventArchive(context.database, context),
  }
}
