import { z } from 'zod'

import { compareTables, type TableComparison } from '../../domain/drift/two-sample/compare-tables.ts'
import type { DriftTable } from '../../domain/drift/two-sample/drift-column.ts'
import { DRIFT_METHODS, type DriftMethod } from '../../domain/drift/two-sample/drift-method.ts'
import type { DriftReport } from '../../domain/drift/two-sample/drift-report.ts'
import type { Correction } from '../../domain/drift/two-sample/p-value-corrections.ts'
import { parseBySchema } from '../parse-options.ts'

/** How drift between two tables is looked for. */
export interface DriftOptions {
  /** Columns to compare; default: those that both tables have. */
  readonly columns?: ReadonlyArray<string> | undefined
  /** For every column that it suits; `auto`, the default, chooses by type and size. */
  readonly method?: DriftMethod | 'auto' | undefined
  /** For columns by name. */
  readonly methods?: Readonly<Record<string, DriftMethod>> | undefined
  /** An adjusted p value below it is drift, in (0, 1); default 0.05. */
  readonly alpha?: number | undefined
  /** For the number of tests; default `holm`: the chance of any false drift is at most alpha. */
  readonly correction?: Correction | undefined
  /** A change is drift from this effect on, >= 0; default 0, and 0.05 where both samples have more than 10,000 values. */
  readonly minEffect?: number | undefined
  /** A distance is drift from this on, > 0; default 0.25 of psi, 0.1 of the others. */
  readonly maxDistance?: number | undefined
  /** A test of all number columns together, not counted among those that are corrected for; default `none`. */
  readonly joint?: 'mmd' | 'classifier' | 'none' | undefined
  /** Of `energy`, `mmd` and `classifier`; a safe integer >= 0, default 0. */
  readonly seed?: number | undefined
  /** Of `energy` and `mmd`, 19 to 100,000; default 499. */
  readonly permutations?: number | undefined
}

const methodSchema = z.enum(DRIFT_METHODS)

const schema = z.strictObject({
  columns: z.array(z.string()).min(1).optional(),
  method: z.union([methodSchema, z.literal('auto')]).default('auto'),
  methods: z.record(z.string(), methodSchema).default({}),
  alpha: z.number().gt(0).lt(1).default(0.05),
  correction: z.enum(['holm', 'bonferroni', 'benjamini-hochberg', 'none']).default('holm'),
  minEffect: z.number().min(0).optional(),
  maxDistance: z.number().gt(0).optional(),
  joint: z.enum(['mmd', 'classifier', 'none']).default('none'),
  seed: z.int().min(0).default(0),
  permutations: z.int().min(19).max(100_000).default(499),
})

/**
 * Has the world changed? Compares the columns of two tables, each by a test that fits its type and size, and tells of each which
 * way it moved. Missing values are compared as such.
 * @throws AnomalyDetectionError `invalid-options`; `empty-dataset` where a table has no row; `feature-mismatch` where the tables
 *   share no column; `unknown-column`; `unsuitable-method`; `non-finite` for an infinity; `no-numeric-column` for a joint test without numbers
 */
export function detectDrift(reference: DriftTable, current: DriftTable, options: DriftOptions = {}): DriftReport {
  return compareTables(reference, current, driftOptionsOf(options))
}

/** Reads untrusted options. @throws AnomalyDetectionError `invalid-options` */
export function driftOptionsOf(options: unknown): TableComparison {
  const parsed = parseBySchema(schema, options, 'anomaly-detection/invalid-options', 'drift options')
  const { columns, minEffect, maxDistance } = parsed
  return { ...parsed, columns, minEffect, maxDistance }
}
