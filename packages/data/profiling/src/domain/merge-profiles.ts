import type { ColumnProfile } from './column-profile.ts'
import { ProfilingError } from './errors.ts'
import { mergeColumns, type RebuildOptions } from './merge-columns.ts'
import type { Profile } from './profile.ts'

/** How the statistics of a merged profile are written down. */
export interface MergeOptions {
  /** Length of the lists of frequent values. Default 10. */
  readonly top?: number
  /** Shares of the quantiles, ascending. Default 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99. */
  readonly quantiles?: ReadonlyArray<number>
  /** Bins of a histogram, at most. Default 40. */
  readonly bins?: number
}

const DEFAULTS: RebuildOptions = { top: 10, quantiles: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99], bins: 40 }

/**
 * The profile of two parts of a table (shards, days) from their profiles alone, made with `sketches: true` by the same engine.
 * Counts, sums, moments and histograms are exact; different values within 1.6 % (standard error), or exact where both parts
 * list all of theirs; quantiles within 1 %, or exact likewise. What needs the rows is left empty: duplicates are null, keys,
 * dependencies, correlations, alerts and the sample. A column that only one part has counts as missing in the other.
 * @throws ProfilingError `profiling/cannot-merge` without sketches, or for columns of another kind or hash; `details` says why
 */
export function mergeProfiles(a: Profile, b: Profile, options: MergeOptions = {}): Profile {
  const names = new Set([...a.columns, ...b.columns].map(({ name }) => name))
  const settings = { ...DEFAULTS, ...options }
  const columns = [...names].map((name) => mergeColumns(columnOf(a, name, b), columnOf(b, name, a), settings))
  return {
    formatVersion: 1,
    source: a.source === b.source ? a.source : `${a.source} + ${b.source}`,
    engine: a.engine === b.engine ? a.engine : `${a.engine} + ${b.engine}`,
    createdAt: Math.max(a.createdAt, b.createdAt),
    rows: a.rows + b.rows,
    columns,
    missingCells: columns.reduce((sum, { nulls }) => sum + nulls, 0),
    duplicateRows: null,
    correlations: [],
    missingPatterns: mergedPatterns(a, b),
    keys: [],
    dependencies: [],
    alerts: [],
    sample: [],
  }
}

// A part without the column is a part in which it is missing everywhere.
function columnOf(profile: Profile, name: string, other: Profile): ColumnProfile {
  const own = profile.columns.find((column) => column.name === name)
  if (own !== undefined) return own
  const model = other.columns.find((column) => column.name === name)
  if (model?.sketches === undefined) {
    throw new ProfilingError('profiling/cannot-merge', `the column ${JSON.stringify(name)} has no sketches`, {
      column: name,
    })
  }
  const { hash, kind } = model.sketches
  return {
    name,
    physicalType: model.physicalType,
    type: 'empty',
    count: 0,
    nulls: profile.rows,
    distinct: { value: 0, exact: true },
    top: [],
    semantic: [],
    sketches: { hash, kind, values: { complete: true, atMost: 0, items: [] } },
  }
}

function mergedPatterns(a: Profile, b: Profile): Profile['missingPatterns'] {
  const same = a.columns.length === b.columns.length && a.columns.every(({ name }, i) => name === b.columns[i]?.name)
  if (!same) return []
  const rows = new Map<string, { missing: ReadonlyArray<string>; rows: number }>()
  for (const pattern of [...a.missingPatterns, ...b.missingPatterns]) {
    const key = JSON.stringify(pattern.missing)
    rows.set(key, { missing: pattern.missing, rows: pattern.rows + (rows.get(key)?.rows ?? 0) })
  }
  return [...rows.values()].sort((x, y) => y.rows - x.rows)
}
