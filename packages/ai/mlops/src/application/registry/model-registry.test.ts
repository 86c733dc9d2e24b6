import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'

import { openMlopsStore, type MlopsStore } from '../../infrastructure/open-mlops-store.ts'
import { approvedBy } from '../gates/approved-by.ts'
import { metricAtLeast, metricAtMost, noWorseThan } from '../gates/metric-gates.ts'
import { noDriftSince } from '../gates/no-drift-since.ts'
import type { DriftHistory } from '../ports/drift-history.ts'
import { ModelRegistry } from './model-registry.ts'

const stores: MlopsStore[] = []

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
})

function open(drift?: DriftHistory) {
  const clock = { at: 1_000_000 }
  const store = openMlopsStore({ path: ':memory:', now: () => (clock.at += 1) })
  stores.push(store)
  const { registeredModels, modelVersions, promotions, approvals, runs, loggedModels } = store
  const registry = new ModelRegistry({
    registeredModels,
    modelVersions,
    promotions,
    approvals,
    runs,
    loggedModels,
    now: () => clock.at,
    ...(drift === undefined ? {} : { drift }),
  })
  return { store, registry }
}

/** Registers a version from a run that logged this AUC. */
async function trained({ store, registry }: ReturnType<typeof open>, auc: number) {
  const run = await store.runs.create({ experimentId: '0' })
  const metrics = [{ key: 'auc', value: auc, at: 1, step: 0 }]
  await store.log.log(run.id, { metrics })
  return registry.register({ name: 'fraud', runId: run.id, path: 'model' })
}

it('registers a run artifact, a logged model and a URI, and knows where their files are', async () => {
  const { store, registry } = open()
  const run = await store.runs.create({ experimentId: '0' })
  await store.log.logInputs(run.id, {
    datasets: [{ name: 'train', digest: 'd1', sourceType: 'local', source: 'x', tags: {} }],
  })
  const logged = await store.loggedModels.create({ experimentId: '0', name: 'm', sourceRunId: run.id })
  const first = await registry.register({ name: 'fraud', runId: run.id, path: 'model' })
  const second = await registry.register({ name: 'fraud', modelId: logged.id })
  const third = await registry.register({ name: 'fraud', source: 'models:/fraud/2' })
  expect([first.version, second.version, third.version]).toEqual(['1', '2', '3'])
  expect(await registry.locationOf(first)).toBe(`${run.artifactLocation}/model`)
  expect(await registry.locationOf(third)).toBe(logged.artifactLocation)
  expect(second.runId).toBe(run.id)
  const lineage = await registry.lineageOf(second)
  expect(lineage.datasets.map(({ name }) => name)).toEqual(['train'])
  expect([lineage.run?.id, lineage.loggedModel?.id]).toEqual([run.id, logged.id])
  const tag = (await store.loggedModels.find(logged.id))?.tags['mlflow.modelVersions']
  expect(JSON.parse(String(tag))).toEqual([{ name: 'fraud', version: 2 }])
  await expect(registry.register({ name: 'fraud', runId: run.id, path: '../../x' })).rejects.toMatchObject({
    code: 'mlops/invalid-argument',
  })
  await expect(registry.register({ name: 'fraud', modelId: 'm-0' })).rejects.toMatchObject({ code: 'mlops/not-found' })
})

it('finds versions by number, alias, stage and latest', async () => {
  const { registry } = open()
  for (let i = 0; i < 3; i += 1) await registry.register({ name: 'fraud', source: 's3://b/m' })
  await registry.setAlias({ name: 'fraud', version: '1' }, 'champion')
  await registry.setStage({ name: 'fraud', version: '2' }, 'Staging')
  const found = async (uri: string) => (await registry.version(uri)).version
  expect(await found('models:/fraud/1')).toBe('1')
  expect(await found('fraud@champion')).toBe('1')
  expect(await found('models:/fraud/staging')).toBe('2')
  expect(await found('fraud/latest')).toBe('3')
  await expect(found('fraud@nobody')).rejects.toMatchObject({ code: 'mlops/not-found' })
  await expect(found('fraud/Production')).rejects.toMatchObject({ code: 'mlops/not-found' })
  await expect(found('fraud/unknown')).rejects.toMatchObject({ code: 'mlops/invalid-argument' })
  await expect(found('fraud')).rejects.toMatchObject({ code: 'mlops/invalid-argument' })
})

it('promotes through gates, keeps their evidence, and rolls back step by step', async () => {
  const setting = open()
  const { store, registry } = setting
  const versions = [await trained(setting, 0.9), await trained(setting, 0.93), await trained(setting, 0.95)]
  for (const version of versions)
    await registry.promote(version, 'champion', [metricAtLeast('auc', 0.9), noWorseThan('champion', 'auc')], {
      by: 'ann',
    })
  const [last] = await registry.promotions('fraud', 'champion')
  expect(last).toMatchObject({ version: '3', predecessor: '2', outcome: 'promoted', requestedBy: 'ann' })
  expect(last?.gates).toMatchObject([
    { gate: 'metricAtLeast(auc, 0.9)', passed: true, evidence: { metric: 'auc', least: 0.9, found: 0.95 } },
    { passed: true, evidence: { found: 0.95, opponent: '2', opponentReading: { found: 0.93 } } },
  ])
  expect((await registry.rollBack('fraud', 'champion', { by: 'bob' })).version).toBe('2')
  expect((await registry.rollBack('fraud', 'champion')).version).toBe('1')
  expect((await registry.version('fraud@champion')).version).toBe('1')
  await expect(registry.rollBack('fraud', 'champion')).rejects.toMatchObject({ code: 'mlops/invalid-state' })
  const types = (await store.archive.events({ type: 'nomaly.model.*' })).items.map(({ type }) => type)
  expect(types).toEqual([
    ...Array.from({ length: 3 }, () => 'nomaly.model.promoted'),
    ...Array.from({ length: 2 }, () => 'nomaly.model.rolled-back'),
  ])
})

it('refuses with the evidence stored all the same, and moves nothing', async () => {
  const setting = open()
  const { registry } = setting
  const good = await trained(setting, 0.95)
  const bad = await trained(setting, 0.8)
  await registry.promote(good, 'champion', [])
  const broken = { name: 'broken', check: () => Promise.reject(new Error('no line to the ticket system')) }
  const gates = [
    metricAtLeast('auc', 0.9),
    metricAtMost('loss', 1),
    noWorseThan('champion', 'auc', { tolerance: 0.1 }),
    broken,
  ]
  await expect(registry.promote(bad, 'champion', gates)).rejects.toMatchObject({ code: 'mlops/gate-refused' })
  expect((await registry.version('fraud@champion')).version).toBe('1')
  const [refusal] = await registry.promotions('fraud')
  expect(refusal).toMatchObject({ outcome: 'refused', version: '2', predecessor: '1' })
  expect(refusal?.gates).toMatchObject([
    { passed: false, evidence: { found: 0.8 } },
    { passed: false, evidence: { found: 'not logged' } },
    { passed: false, evidence: { found: 0.8, opponentReading: { found: 0.95 }, tolerance: 0.1 } },
    { gate: 'broken', passed: false, evidence: { error: 'no line to the ticket system' } },
  ])
})

it('takes the last word of each approver', async () => {
  const setting = open()
  const { registry } = setting
  const version = await trained(setting, 0.9)
  const attempt = () => registry.promote(version, 'champion', [approvedBy('ann', 'bob')])
  await registry.approve(version, 'ann', { comment: 'looks good' })
  await registry.approve(version, 'eve')
  await expect(attempt()).rejects.toMatchObject({
    details: { evidence: [{ passed: false, evidence: { missing: ['bob'] } }] },
  })
  await registry.approve(version, 'bob')
  await registry.approve(version, 'ann', { approved: false })
  await expect(attempt()).rejects.toMatchObject({ code: 'mlops/gate-refused' })
  await registry.approve(version, 'ann')
  expect(await attempt()).toMatchObject({ outcome: 'promoted' })
  expect(await registry.approvals(version)).toMatchObject([{ approver: 'ann', approved: true }, {}, {}])
})

it('passes noDriftSince only when monitoring has looked and saw nothing', async () => {
  const seen = { looks: 0, drifts: [] as Array<{ at: number; what: string }> }
  const asked: unknown[] = []
  const setting = open({
    since: async ({ name, version }, since) => {
      asked.push([name, version, since])
      return seen
    },
  })
  const { registry } = setting
  const version = await trained(setting, 0.9)
  const attempt = () => registry.promote(version, 'champion', [noDriftSince(5)])
  await expect(attempt()).rejects.toMatchObject({ code: 'mlops/gate-refused' })
  seen.looks = 2
  seen.drifts = [{ at: 7, what: 'amount' }]
  await expect(attempt()).rejects.toMatchObject({ details: { evidence: [{ evidence: seen }] } })
  seen.drifts = []
  await attempt()
  await registry.promote(version, 'other', [noDriftSince({ of: { alias: 'champion' } })])
  expect(asked.at(-1)).toEqual(['fraud', '1', version.createdAt])
  expect(asked[0]).toEqual(['fraud', '1', 5])
  const without = open()
  await expect(without.registry.promote(await trained(without, 1), 'champion', [noDriftSince()])).rejects.toMatchObject(
    {
      details: { evidence: [{ evidence: { reason: 'no monitoring is bound' } }] },
    },
  )
})

it('moves nothing when somebody else moved the alias while the gates were asked', async () => {
  const setting = open()
  const { registry } = setting
  const [first, second] = [await trained(setting, 0.9), await trained(setting, 0.9)]
  const meddler = {
    name: 'meddler',
    check: async () => {
      await registry.setAlias(first, 'champion')
      return { passed: true, evidence: {} }
    },
  }
  await expect(registry.promote(second, 'champion', [meddler])).rejects.toMatchObject({ code: 'mlops/invalid-state' })
  expect((await registry.version('fraud@champion')).version).toBe('1')
  expect(await registry.promotions('fraud')).toEqual([])
})

it('goes back one promotion at a time, however often the same versions were promoted', async () => {
  const { registry } = open()
  for (let i = 0; i < 3; i += 1) await registry.register({ name: 'fraud', source: 's3://b/m' })
  let series = 0
  // 0 rolls back, 1 to 3 promote that version, 4 is refused: what a plain stack of holders would do.
  const steps = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(steps, async (found) => {
      const alias = `a${(series += 1)}`
      const holders: string[] = []
      for (const step of found) {
        if (step === 0) {
          const outcome = await registry.rollBack('fraud', alias).then(
            () => 'done',
            (error: { readonly code: string }) => error.code,
          )
          const expected = ['mlops/not-found', 'mlops/invalid-state'][holders.length] ?? 'done'
          expect(outcome).toBe(expected)
          if (outcome === 'done') holders.pop()
        } else if (step === 4) {
          const no = { name: 'no', check: async () => ({ passed: false, evidence: {} }) }
          await expect(registry.promote({ name: 'fraud', version: '1' }, alias, [no])).rejects.toThrow(
            'no did not pass',
          )
        } else {
          await registry.promote({ name: 'fraud', version: String(step) }, alias, [])
          holders.push(String(step))
        }
        expect((await registry.model('fraud'))?.aliases[alias]).toBe(holders.at(-1))
      }
    }),
    { numRuns: 40, seed: 5 },
  )
})

it('does not go back from a holder that no promotion made', async () => {
  const { registry } = open()
  const versions = [1, 2, 3].map((version) => ({ name: 'fraud', version: String(version) }))
  for (const _ of versions) await registry.register({ name: 'fraud', source: 's3://b/m' })
  const [first, second, third] = versions
  for (const key of [first, second]) if (key !== undefined) await registry.promote(key, 'champion', [])
  if (third !== undefined) await registry.setAlias(third, 'champion')
  await expect(registry.rollBack('fraud', 'champion')).rejects.toMatchObject({ code: 'mlops/invalid-state' })
})
