import type { TableSource } from '../../application/ports/table-reader.ts'
import type { DriftMethod } from '../../domain/drift/two-sample/drift-method.ts'
import type { Correction } from '../../domain/drift/two-sample/p-value-corrections.ts'
import type { OutputFlags } from './flags.ts'

/** The flags of `drift`. */
export interface DriftFlags extends OutputFlags {
  readonly columns?: ReadonlyArray<string>
  readonly method?: DriftMethod | 'auto'
  readonly alpha?: number
  readonly correction?: Correction
  readonly minEffect?: number
  readonly maxDistance?: number
  readonly joint?: 'mmd' | 'classifier'
  readonly seed?: number
  readonly inputFormat?: NonNullable<TableSource['format']>
  readonly failOn?: 'drift'
}
