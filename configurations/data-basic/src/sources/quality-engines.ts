import {
  arrowTable,
  batchedTable,
  memoryEngine,
  QualityError,
  recordsTable,
  type TableEngine,
} from '@nomaly/data-quality'
import { openDuckdb, openPostgres } from '@nomaly/data-quality/node'

import type { Engines } from './open-source.ts'

/** The engines that check tables. */
export const QUALITY_ENGINES: Engines<TableEngine> = {
  duckdb: openDuckdb,
  postgres: openPostgres,
  batches: async (batches, label) => memoryEngine(await batchedTable(batches), label),
  records: (rows) => memoryEngine(recordsTable(rows)),
  arrow: (table) => memoryEngine(arrowTable(table)),
  isMissing: (error) => QualityError.is(error) && error.code === 'quality/missing-package',
}
