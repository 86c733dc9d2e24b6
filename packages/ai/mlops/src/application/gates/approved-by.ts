import { MlopsError } from '../../domain/errors.ts'
import type { PromotionGate } from './gate.ts'

/**
 * Passes when each of the named people has approved of the candidate, and has not taken it back since.
 * @throws MlopsError `mlops/invalid-argument` when nobody is named: such a gate would guard nothing
 */
export function approvedBy(...approvers: ReadonlyArray<string>): PromotionGate {
  if (approvers.length === 0)
    throw new MlopsError('mlops/invalid-argument', 'approvedBy needs at least one name', { field: 'approvers' })
  return {
    name: `approvedBy(${approvers.join(', ')})`,
    check: async ({ approvals }) => {
      const given = (await approvals()).filter(({ approver }) => approvers.includes(approver))
      const missing = approvers.filter((name) => !given.some(({ approver, approved }) => approver === name && approved))
      return { passed: missing.length === 0, evidence: { approvals: given, missing } }
    },
  }
}
