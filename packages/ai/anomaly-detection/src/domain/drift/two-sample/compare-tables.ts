import { AnomalyDetectionError } from '../../errors.ts'
import { type ColumnPair, columnPairOf } from './column-pair.ts'
import { type ColumnComparison, compareColumn } from './compare-column.ts'
import { chiSquared, fisherExact } from './counts-tests.ts'
import type { DriftColumn, DriftTable } from './drift-column.ts'
import { automaticMethod, DISTANCE_LIMITS, type DriftMethod, suits } from './drift-method.ts'
import type { DriftReport, FeatureDrift } from './drift-report.ts'
import { featureChange } from './feature-change.ts'
import { jointDrift } from './joint-drift.ts'
import { adjustPValues, type Correction } from './p-value-corrections.ts'

/** How two tables are compared: see `DriftOptions`, whose defaults are filled in here. */
export interface TableComparison {
  readonly columns: ReadonlyArray<string> | undefined
  readonly method: DriftMethod | 'auto'
  readonly methods: Readonly<Record<string, DriftMethod>>
  readonly alpha: number
  readonly correction: Correction
  readonly minEffect: number | undefined
  readonly maxDistance: number | undefined
  readonly joint: 'mmd' | 'classifier' | 'none'
  readonly seed: number
  readonly permutations: number
}

const MANY_ROWS = 10_000
const LEAST_EFFECT = 0.05 // of many rows: smaller changes are certain, and seldom matter

/** @throws AnomalyDetectionError `feature-mismatch`, `unknown-column`, `unsuitable-method`, `empty-dataset`, `no-numeric-column`, `non-finite` */
export function compareTables(reference: DriftTable, current: DriftTable, options: TableComparison): DriftReport {
  const { compared, ignored } = comparedColumns(reference, current, options.columns)
  const pairs = compared.map(([a, b]) => columnPairOf(a, b))
  const methods = pairs.map((pair) => methodOf(pair, options))
  const found = pairs.map((pair, index) => comparisonOf(pair, methods[index] ?? null, options))
  const missing = pairs.map(missingPValue)
  const tested = found.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]))
  const gone = missing.flatMap((pValue) => (pValue === null ? [] : [pValue]))
  const adjusted = adjustPValues([...tested, ...gone], options.correction)[Symbol.iterator]()
  const next = (pValue: number | null): number | null => (pValue === null ? null : (adjusted.next().value ?? 1))
  const adjustedTests = found.map(({ pValue }) => next(pValue))
  const adjustedMissing = missing.map(next)
  const features = pairs.map((pair, index) =>
    featureOf(
      pair,
      methods[index] ?? null,
      found[index] as ColumnComparison, // one a pair, made above
      adjustedTests[index] ?? null,
      adjustedMissing[index] ?? null,
      options,
    ),
  )
  const { alpha, correction, joint, seed, permutations } = options
  const together = joint === 'none' ? null : jointDrift(compared, { method: joint, alpha, seed, permutations })
  return {
    drifted: features.some(({ drifted }) => drifted) || together?.drifted === true,
    features,
    joint: together,
    rows: { reference: reference.rows, current: current.rows },
    alpha,
    correction,
    ignored,
  }
}

function comparedColumns(
  reference: DriftTable,
  current: DriftTable,
  wanted: ReadonlyArray<string> | undefined,
): {
  readonly compared: ReadonlyArray<readonly [DriftColumn, DriftColumn]>
  readonly ignored: ReadonlyArray<string>
} {
  for (const [table, name] of [
    [reference, 'reference'],
    [current, 'current'],
  ] as const) {
    if (table.rows > 0) continue
    throw new AnomalyDetectionError('anomaly-detection/empty-dataset', `the ${name} table has no row`, { table: name })
  }
  const inCurrent = new Map(current.columns.map((column) => [column.name, column]))
  const inReference = new Map(reference.columns.map((column) => [column.name, column]))
  const names = wanted ?? [...inReference.keys()].filter((name) => inCurrent.has(name))
  if (names.length === 0) {
    throw new AnomalyDetectionError(
      'anomaly-detection/feature-mismatch',
      `the tables have no column in common: ${[...inReference.keys()].join(', ')} against ${[...inCurrent.keys()].join(', ')}`,
    )
  }
  const compared = names.map((name) => {
    const [a, b] = [inReference.get(name), inCurrent.get(name)]
    if (a !== undefined && b !== undefined) return [a, b] as const
    const lacking = a === undefined ? inReference : inCurrent
    throw new AnomalyDetectionError(
      'anomaly-detection/unknown-column',
      `the ${a === undefined ? 'reference' : 'current'} table has no column '${name}'; it has ${[...lacking.keys()].join(', ')}`,
      { column: name },
    )
  })
  const all = new Set([...inReference.keys(), ...inCurrent.keys()])
  return { compared, ignored: [...all].filter((name) => !(inReference.has(name) && inCurrent.has(name))) }
}

function methodOf(pair: ColumnPair, { method, methods }: TableComparison): DriftMethod | null {
  const own = methods[pair.name]
  const chosen = own ?? (method === 'auto' || !suits(method, pair) ? automaticMethod(pair) : method)
  if (!suits(chosen, pair)) {
    throw new AnomalyDetectionError(
      'anomaly-detection/unsuitable-method',
      `${chosen} cannot compare column '${pair.name}', which holds ${pair.kind === 'number' ? 'numbers' : 'categories'}`,
      { column: pair.name, method: chosen },
    )
  }
  return pair.reference.size === 0 || pair.current.size === 0 ? null : chosen
}

function comparisonOf(pair: ColumnPair, method: DriftMethod | null, options: TableComparison): ColumnComparison {
  if (method === null) return { statistic: 0, pValue: null, effect: 0 }
  return compareColumn(pair, method, { seed: options.seed, permutations: options.permutations })
}

// Null where no value is missing: then there is nothing to test.
function missingPValue({ reference, current }: ColumnPair): number | null {
  const a = [reference.rows - reference.size, reference.size] as const
  const b = [current.rows - current.size, current.size] as const
  if (a[0] + b[0] === 0) return null
  const rare = Math.min(a[0] + b[0], a[1] + b[1])
  const expected = (rare * Math.min(reference.rows, current.rows)) / (reference.rows + current.rows)
  return expected < 5 ? fisherExact(a, b).pValue : chiSquared(a, b).pValue
}

function featureOf(
  pair: ColumnPair,
  method: DriftMethod | null,
  { statistic, pValue, effect }: ColumnComparison,
  adjustedPValue: number | null,
  missingAdjusted: number | null,
  { alpha, minEffect, maxDistance }: TableComparison,
): FeatureDrift {
  const { reference, current } = pair
  const least = minEffect ?? (Math.min(reference.size, current.size) > MANY_ROWS ? LEAST_EFFECT : 0)
  const limit = method === null ? Infinity : (maxDistance ?? DISTANCE_LIMITS.get(method) ?? Infinity)
  const hasMoved = adjustedPValue === null ? effect >= limit : adjustedPValue < alpha && effect >= least
  const missing = {
    from: 1 - reference.size / reference.rows,
    to: 1 - current.size / current.rows,
    adjustedPValue: missingAdjusted ?? 1,
    drifted: missingAdjusted !== null && missingAdjusted < alpha,
  }
  return {
    feature: pair.name,
    kind: pair.kind,
    method,
    statistic,
    pValue,
    adjustedPValue,
    effect,
    drifted: hasMoved || missing.drifted,
    change: featureChange(pair),
    missing,
  }
}
