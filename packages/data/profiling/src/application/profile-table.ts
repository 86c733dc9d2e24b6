import type { TableColumn, TableSample } from '../domain/cell.ts'
import { ProfilingError } from '../domain/errors.ts'
import { jsonValue } from '../domain/json-value.ts'
import type { Profile } from '../domain/profile.ts'
import type { ColumnEvidence } from './column-evidence.ts'
import { describeColumn } from './describe-column.ts'
import { gatherColumn } from './gather-column.ts'
import { nearestName } from './nearest-name.ts'
import type { ProfileEngine, TableTotals } from './ports/profile-engine.ts'
import { parseProfileOptions, type ProfileOptions } from './profile-options.ts'
import type { ProfileRefinement } from './profile-refinement.ts'
import { relationsOf } from './relations-of.ts'
import { STANDARD_REFINEMENTS } from './standard-refinements.ts'

/** What a profile needs besides the engine. */
export interface ProfileDeps {
  readonly engine: ProfileEngine
  /** Epoch milliseconds, for `createdAt`. */
  readonly now: () => number
  /** Told after each step; `total` may grow no more. */
  readonly onProgress?:
    | ((step: { readonly done: number; readonly total: number; readonly what: string }) => void)
    | undefined
  readonly signal?: AbortSignal | undefined
  /**
   * Add what follows from the statistics and the sample, in this order. Default: meanings, correlations, time series, alerts,
   * and last the mask. Without the last one personal data is shown.
   */
  readonly refinements?: ReadonlyArray<ProfileRefinement> | undefined
}

/**
 * The profile of a table: schema, one fused scan, a sample, then some grouped counts a column.
 * @throws ProfilingError `profiling/invalid-options`, `profiling/unknown-column`, `profiling/cancelled`, and what the engine says
 */
export async function profileTable(deps: ProfileDeps, input: Partial<ProfileOptions> = {}): Promise<Profile> {
  const options = parseProfileOptions(input)
  const { engine } = deps
  const columns = chosenColumns(await engine.table.schema(), options.columns)
  const step = stepper(deps, columns.length + 3)
  step('totals')
  const totals = await engine.table.totals(columns)
  step('sample')
  const sample = await engine.table.sample(columns, {
    rows: options.sampleRows,
    total: totals.rows,
    seed: options.seed,
  })
  const gathered: Array<ColumnEvidence> = []
  for (const [i, column] of columns.entries()) {
    step(column.name)
    gathered.push(await gatherColumn(engine, column, totals.columns[i] ?? { count: 0 }, options))
  }
  step('rows')
  const draft = await draftOf(deps, gathered, totals, sample, options)
  return (deps.refinements ?? STANDARD_REFINEMENTS).reduce((profile, refine) => refine(profile, sample, options), draft)
}

async function draftOf(
  { engine, now }: ProfileDeps,
  gathered: ReadonlyArray<ColumnEvidence>,
  totals: TableTotals,
  sample: TableSample,
  options: ProfileOptions,
): Promise<Profile> {
  const profiles = gathered.map((evidence) => describeColumn(evidence, totals.rows, sample, engine.hash, options))
  return {
    formatVersion: 1,
    source: options.source,
    engine: engine.name,
    createdAt: now(),
    rows: totals.rows,
    columns: profiles,
    missingCells: profiles.reduce((sum, { nulls }) => sum + nulls, 0),
    duplicateRows: options.duplicates ? await duplicateRows(engine, gathered, totals.rows) : null,
    correlations: [],
    missingPatterns: await missingPatterns(engine, gathered, totals.rows),
    ...relationsOf(gathered, totals.rows, sample, options),
    alerts: [],
    sample: shownRows(sample, options.shownRows),
  }
}

async function duplicateRows(
  engine: ProfileEngine,
  gathered: ReadonlyArray<ColumnEvidence>,
  rows: number,
): Promise<number | null> {
  if (gathered.some(({ distinct, totals }) => distinct.exact && totals.count === rows && distinct.value === rows))
    return 0
  const comparable = gathered.map(({ column }) => column).filter(({ kind }) => kind !== 'other')
  return comparable.length < gathered.length ? null : rows - (await engine.table.distinctRows(comparable))
}

const MOST_PATTERNS = 50

async function missingPatterns(
  engine: ProfileEngine,
  gathered: ReadonlyArray<ColumnEvidence>,
  rows: number,
): Promise<Profile['missingPatterns']> {
  const columns = gathered.filter(({ totals }) => totals.count < rows).map(({ column }) => column)
  if (columns.length === 0) return rows === 0 ? [] : [{ missing: [], rows }]
  const patterns = await engine.table.missingPatterns(columns, MOST_PATTERNS)
  return patterns.map((pattern) => ({
    missing: pattern.missing.map((i) => columns[i]?.name ?? ''),
    rows: pattern.rows,
  }))
}

function shownRows(sample: TableSample, count: number): Profile['sample'] {
  return Array.from({ length: Math.min(count, sample.rows) }, (_, row) =>
    Object.fromEntries(
      sample.columns.map(({ name, kind, values }) => {
        const value = values[row] ?? null
        return [name, value === null ? null : jsonValue(value, kind)]
      }),
    ),
  )
}

function chosenColumns(
  schema: ReadonlyArray<TableColumn>,
  wanted: ReadonlyArray<string> | undefined,
): ReadonlyArray<TableColumn> {
  if (wanted === undefined) return schema
  return wanted.map((name) => {
    const column = schema.find((one) => one.name === name)
    if (column !== undefined) return column
    const nearest = nearestName(
      name,
      schema.map((one) => one.name),
    )
    const hint = nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`
    throw new ProfilingError('profiling/unknown-column', `there is no column ${JSON.stringify(name)}${hint}`, {
      column: name,
      nearest: nearest ?? null,
    })
  })
}

function stepper({ onProgress, signal }: ProfileDeps, total: number): (what: string) => void {
  let done = 0
  return (what) => {
    if (signal?.aborted === true) {
      throw new ProfilingError(
        'profiling/cancelled',
        `the profile was cancelled before ${JSON.stringify(what)}`,
        {},
        signal.reason,
      )
    }
    onProgress?.({ done: done++, total, what })
  }
}
