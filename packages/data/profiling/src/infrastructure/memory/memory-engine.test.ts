import { it } from 'vitest'

import { profileEngineContract } from '../../testing/profile-engine-contract.ts'
import { memoryEngine } from './memory-engine.ts'

profileEngineContract(it, async (columns) =>
  memoryEngine({
    rows: columns[0]?.values.length ?? 0,
    columns: columns.map(({ name, kind, values }) => ({
      name,
      kind,
      physicalType: kind,
      values: values.map((value) => (value === 0 ? 0 : value)),
    })),
  }),
)
