import type { ApprovalStore } from '../ports/approval-store.ts'
import type { DriftHistory } from '../ports/drift-history.ts'
import type { LoggedModelStore } from '../ports/logged-model-store.ts'
import type { ModelVersionStore } from '../ports/model-version-store.ts'
import type { PromotionStore } from '../ports/promotion-store.ts'
import type { RegisteredModelStore } from '../ports/registered-model-store.ts'
import type { RunStore } from '../ports/run-store.ts'

/** What a model registry works with. */
export interface ModelRegistryDeps {
  readonly registeredModels: RegisteredModelStore
  readonly modelVersions: ModelVersionStore
  readonly promotions: PromotionStore
  readonly approvals: ApprovalStore
  readonly runs: Pick<RunStore, 'find'>
  readonly loggedModels: Pick<LoggedModelStore, 'find'>
  /** Without it, `noDriftSince` never passes. */
  readonly drift?: DriftHistory
  /** Epoch milliseconds. */
  readonly now: () => number
}
