import { it } from 'vitest'

import { tableEngineContract } from '../../testing/table-engine-contract.ts'
import { memoryEngine } from './memory-engine.ts'

tableEngineContract(it, (columns) =>
  Promise.resolve(
    memoryEngine({
      rows: columns[0]?.values.length ?? 0,
      columns: columns.map(({ name, kind, values }) => ({
        name,
        kind,
        physicalType: kind,
        values: values.map((cell) => {
          if (typeof cell === 'bigint' && Number.isSafeInteger(Number(cell))) return Number(cell)
          return typeof cell === 'number' ? cell + 0 : cell
        }),
      })),
    }),
  ),
)
