import { expect, it } from 'vitest'

import { memoryEngine } from '../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../infrastructure/memory/records-table.ts'
import { foreignKeyCandidates } from './foreign-keys.ts'

const table = (
  name: string,
  rows: ReadonlyArray<Record<string, unknown>>,
): { name: string; engine: ReturnType<typeof memoryEngine> } => ({
  name,
  engine: memoryEngine(recordsTable(rows)),
})

it('finds the column of one table that refers to a key of another', async () => {
  const customers = table(
    'customers',
    Array.from({ length: 50 }, (_, i) => ({ id: i * 3, country: i % 2 === 0 ? 'DE' : 'FR' })),
  )
  const orders = table(
    'orders',
    Array.from({ length: 400 }, (_, i) => ({ customer: (i % 40) * 3, amount: i * 7 + 0.5, number: 1000 + i })),
  )
  expect(await foreignKeyCandidates([customers, orders])).toEqual([
    {
      from: { table: 'orders', column: 'customer' },
      to: { table: 'customers', column: 'id' },
      share: 1,
      values: 40,
      exact: true,
    },
  ])
})

it('says which share occurs when some do not, and how many were looked at', async () => {
  const keys = table(
    'keys',
    Array.from({ length: 90 }, (_, i) => ({ id: `k${i}` })),
  )
  const uses = table(
    'uses',
    Array.from({ length: 300 }, (_, i) => ({ key: `k${i % 100}` })),
  )
  expect(await foreignKeyCandidates([keys, uses])).toEqual([])
  const found = await foreignKeyCandidates([keys, uses], { share: 0.8 })
  expect(found.map(({ share, values }) => [share, values])).toEqual([[0.9, 100]])
})
