import type { ApprovalStore } from '../application/ports/approval-store.ts'
import type { PromotionStore } from '../application/ports/promotion-store.ts'
import type { Promotion } from '../domain/registry/promotion.ts'
import { type Case, expectCode, expectEqual } from './case.ts'
import { type RegistryHarness, freshName, modelWithVersions } from './registry-harness.ts'

/** The stores of one registry, which may hold models of earlier tests. */
export interface PromotionHarness extends RegistryHarness {
  readonly promotions: PromotionStore
  readonly approvals: ApprovalStore
}

const decisionOn = (name: string, version: string, more: Partial<Promotion> = {}): Omit<Promotion, 'id' | 'at'> => ({
  name,
  alias: 'champion',
  outcome: 'promoted',
  version,
  requestedBy: 'ann',
  gates: [{ gate: 'g', passed: true, evidence: { found: 0.9, missing: [] } }],
  ...more,
})

/** What every `PromotionStore` must keep. @param make - stores which may hold what earlier tests left */
export function promotionStoreContract(it: Case, make: () => Promise<PromotionHarness>): void {
  it('records decisions, newest first, and moves the alias of those that were made', async () => {
    const harness = await make()
    const { promotions, registeredModels } = harness
    const name = await modelWithVersions(harness, 2)
    const first = await promotions.record(decisionOn(name, '1'))
    await promotions.record(decisionOn(name, '2', { outcome: 'refused', predecessor: '1' }))
    expectEqual((await registeredModels.find(name))?.aliases, { champion: '1' })
    await promotions.record(decisionOn(name, '2', { predecessor: '1' }))
    await promotions.record(decisionOn(name, '1', { alias: 'other' }))
    expectEqual((await registeredModels.find(name))?.aliases, { champion: '2', other: '1' })
    const found = await promotions.list(name, 'champion')
    expectEqual(
      found.map(({ outcome, version }) => `${outcome} ${version}`),
      ['promoted 2', 'refused 2', 'promoted 1'],
    )
    expectEqual(found[2]?.gates, first.gates)
    expectEqual((await promotions.list(name)).length, 4)
  })

  it('refuses a decision about another holder than there is, and keeps nothing of it', async () => {
    const harness = await make()
    const { promotions } = harness
    const name = await modelWithVersions(harness, 2)
    await promotions.record(decisionOn(name, '1'))
    await expectCode(promotions.record(decisionOn(name, '2')), 'mlops/invalid-state')
    await expectCode(promotions.record(decisionOn(name, '2', { predecessor: '2' })), 'mlops/invalid-state')
    expectEqual((await promotions.list(name)).length, 1)
  })

  it('knows neither models nor versions that are not there', async () => {
    const harness = await make()
    const name = await modelWithVersions(harness, 1)
    await expectCode(harness.promotions.record(decisionOn(freshName(), '1')), 'mlops/not-found')
    await expectCode(harness.promotions.record(decisionOn(name, '2')), 'mlops/not-found')
    await expectCode(harness.promotions.list(freshName()), 'mlops/not-found')
  })
}

/** What every `ApprovalStore` must keep. @param make - stores which may hold what earlier tests left */
export function approvalStoreContract(it: Case, make: () => Promise<PromotionHarness>): void {
  it('keeps the last word of each approver, by version', async () => {
    const harness = await make()
    const { approvals } = harness
    const name = await modelWithVersions(harness, 2)
    await approvals.record(name, '1', { approver: 'bob', approved: true, comment: 'good' })
    await approvals.record(name, '1', { approver: 'ann', approved: true, comment: '' })
    await approvals.record(name, '1', { approver: 'bob', approved: false, comment: 'on second thoughts' })
    const found = (await approvals.list(name, '1')).map(({ approver, approved, comment }) => [
      approver,
      approved,
      comment,
    ])
    expectEqual(found, [
      ['ann', true, ''],
      ['bob', false, 'on second thoughts'],
    ])
    expectEqual(await approvals.list(name, '2'), [])
    await expectCode(approvals.list(name, '3'), 'mlops/not-found')
  })
}
