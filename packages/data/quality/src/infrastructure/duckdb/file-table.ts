import type { TableFormat } from '../../domain/row-split.ts'
import type { SqlSource } from '../sql/row-statements.ts'
import type { RunQuery } from '../sql/run-query.ts'

/** A table that was read from files. */
export interface FileTable extends SqlSource {
  readonly query: RunQuery
  readonly paths: ReadonlyArray<string>
  readonly format: TableFormat
}
