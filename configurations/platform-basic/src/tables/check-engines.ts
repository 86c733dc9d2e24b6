import { batchedTable, memoryEngine, QualityError, type TableEngine } from '@nomaly/data-quality'
import { openDuckdb, openPostgres } from '@nomaly/data-quality/node'

import type { Engines } from './open-table.ts'

/** The engines that check tables. */
export const CHECK_ENGINES: Engines<TableEngine> = {
  doing: 'checking',
  duckdb: openDuckdb,
  postgres: openPostgres,
  memory: async (batches, label) => memoryEngine(await batchedTable(batches), label),
  isMissing: (error) => QualityError.is(error) && error.code === 'quality/missing-package',
  fault: (reason, message) => new QualityError(`quality/${reason}`, message),
}
