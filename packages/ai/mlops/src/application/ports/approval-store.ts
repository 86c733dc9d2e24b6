import type { Approval } from '../../domain/registry/promotion.ts'

/** Keeps who approves of which version. */
export interface ApprovalStore {
  /** Replaces what the approver said of the version before. @throws `not-found` */
  readonly record: (name: string, version: string, approval: Omit<Approval, 'at'>) => Promise<Approval>
  /** By approver. @throws `not-found` */
  readonly list: (name: string, version: string) => Promise<ReadonlyArray<Approval>>
}
