import type { ApprovalStore } from '../../../application/ports/approval-store.ts'
import { checkVersion } from '../../../domain/registry/checks.ts'
import type { Approval } from '../../../domain/registry/promotion.ts'
import { type RegistryContext, emit } from './registry-context.ts'
import { existingVersionRow } from './version-rows.ts'

/** Approvals in the file. */
export function createApprovalStore(context: RegistryContext): ApprovalStore {
  const { database } = context
  return {
    record: async (name, version, approval) => {
      const number = checkVersion(version)
      return database.write(() => record(context, name, number, approval))
    },
    list: async (name, version) => {
      const number = checkVersion(version)
      return database.read(() =>
        database
          .sql('SELECT * FROM approval WHERE model = ? AND version = ? ORDER BY approver')
          .all(Number(existingVersionRow(database, name, number)['model']), number)
          .map((row) => ({
            approver: String(row['approver']),
            approved: row['approved'] === 1,
            comment: String(row['comment']),
            at: Number(row['at']),
          })),
      )
    },
  }
}

function record(context: RegistryContext, name: string, version: number, approval: Omit<Approval, 'at'>): Approval {
  const { database } = context
  const at = context.now()
  const { approver, approved, comment } = approval
  database
    .sql(
      `INSERT INTO approval (model, version, approver, approved, comment, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (model, version, approver)
       DO UPDATE SET approved = excluded.approved, comment = excluded.comment, at = excluded.at`,
    )
    .run(Number(existingVersionRow(database, name, version)['model']), version, approver, approved ? 1 : 0, comment, at)
  const data = { name, version: String(version), ...approval }
  emit(context, { type: `nomaly.model-version.${approved ? 'approved' : 'disapproved'}`, subject: name, data })
  return { ...approval, at }
}
