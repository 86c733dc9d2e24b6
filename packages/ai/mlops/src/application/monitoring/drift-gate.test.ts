import { expect, it } from 'vitest'

import { openMlopsStore } from '../../infrastructure/open-mlops-store.ts'
import { noDriftSince } from '../gates/no-drift-since.ts'
import { ModelRegistry } from '../registry/model-registry.ts'
import { ModelMonitor } from './model-monitor.ts'

const rows = (count: number, shift = 0) => Array.from({ length: count }, (_, i) => ({ x: ((i * 61) % 100) + shift }))

it('lets a version be promoted that monitors have watched without drift, and no other', async () => {
  const store = openMlopsStore({ path: ':memory:' })
  const registry = new ModelRegistry({ ...store, now: Date.now })
  const monitor = new ModelMonitor({ ...store, now: Date.now })
  const version = await registry.register({ name: 'fraud', source: 's3://models/fraud' })
  await monitor.define(
    {
      name: 'live',
      model: { name: version.name, version: version.version },
      features: [{ name: 'x', kind: 'numeric' }],
      window: { by: 'count', count: 1 },
    },
    rows(500),
  )
  const promote = () => registry.promote(version, 'champion', [noDriftSince()], { by: 'ci' })
  await expect(promote()).rejects.toMatchObject({ code: 'mlops/gate-refused' }) // nothing has looked
  await monitor.observe('live', rows(100))
  expect((await promote()).gates[0]).toMatchObject({ passed: true, evidence: { looks: 1, drifts: [] } })
  await monitor.observe('live', rows(100, 50))
  await expect(promote()).rejects.toMatchObject({ code: 'mlops/gate-refused' })
  await store.close()
})
