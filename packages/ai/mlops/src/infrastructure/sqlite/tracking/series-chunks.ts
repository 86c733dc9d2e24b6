import { MlopsError } from '../../../domain/errors.ts'
import type { SqlRow } from '../driver.ts'
import { packPoints, unpackPoints } from './point-codec.ts'
import type { StoredPoint } from './stored-point.ts'
import type { TrackingContext } from './tracking-context.ts'

/** Points of a chunk at most. */
const CHUNK = 4096
/** Below that many points rows take less room than a chunk would. */
const WORTH_A_CHUNK = 16

/** Whether any series of the run is in chunks. */
export function isCompacted({ database }: TrackingContext, run: number): boolean {
  return database.sql('SELECT 1 FROM series_chunk WHERE run = ? LIMIT 1').get(run) !== undefined
}

/**
 * Brings a compacted series back into rows where the point would not come after all of it: rows of a series are always
 * later than its chunks, so that readers need no merge and a point that is there already is seen.
 */
export function openSeriesFor(context: TrackingContext, run: number, key: number, point: StoredPoint): void {
  const { database } = context
  const last = database.sql('SELECT max(last_at) AS at FROM series_chunk WHERE run = ? AND key = ?').get(run, key)?.[
    'at'
  ]
  if (typeof last !== 'number' || point.at > last) return
  const insert = database.sql('INSERT INTO metric (run, key, at, step, value, is_nan) VALUES (?, ?, ?, ?, ?, ?)')
  for (const { at, step, value, isNan } of readChunks(context, run, key)) insert.run(run, key, at, step, value, isNan)
  database.sql('DELETE FROM series_chunk WHERE run = ? AND key = ?').run(run, key)
}

/** Points of the chunks of a series in their order, from a time on, or within steps. */
export function* readChunks(
  { database }: TrackingContext,
  run: number,
  key: number,
  from: number = Number.MIN_SAFE_INTEGER,
  steps: { readonly from: number; readonly to: number } = {
    from: Number.MIN_SAFE_INTEGER,
    to: Number.MAX_SAFE_INTEGER,
  },
): Generator<StoredPoint> {
  const heads = database
    .sql(
      `SELECT id, count FROM series_chunk
       WHERE run = ? AND key = ? AND last_at >= ? AND max_step >= ? AND min_step <= ? ORDER BY number`,
    )
    .all(run, key, from, steps.from, steps.to)
  for (const { id, count } of heads) {
    const row = database.sql('SELECT points FROM series_chunk WHERE id = ?').get(id ?? null)
    yield* unpackPoints(bytesOf(row), Number(count))
  }
}

/** Moves all rows of a run's longer series into chunks; answers how many points. Inside a write only. */
export function compactRun(context: TrackingContext, run: number): number {
  const { database } = context
  const series = database
    .sql('SELECT key, count(*) AS points FROM metric WHERE run = ? GROUP BY key')
    .all(run)
    .filter(({ points }) => Number(points) >= WORTH_A_CHUNK)
  let moved = 0
  for (const { key, points } of series) if (compactSeries(context, run, Number(key))) moved += Number(points)
  return moved
}

function compactSeries(context: TrackingContext, run: number, key: number): boolean {
  const { database } = context
  const points = database
    .sql('SELECT at, step, value, is_nan FROM metric WHERE run = ? AND key = ? ORDER BY at, step, value, is_nan')
    .all(run, key)
    .map(storedOf)
  const before = lastChunk(context, run, key)
  const joined = before === undefined ? points : [...before.points, ...points]
  const chunks = packedChunks(joined)
  if (chunks === undefined) return false
  if (before !== undefined) database.sql('DELETE FROM series_chunk WHERE id = ?').run(before.id)
  chunks.forEach((chunk, index) => insertChunk(context, run, key, (before?.number ?? 0) + index, chunk))
  database.sql('DELETE FROM metric WHERE run = ? AND key = ?').run(run, key)
  return true
}

interface Chunk {
  readonly points: ReadonlyArray<StoredPoint>
  readonly bytes: Uint8Array
}

function packedChunks(points: ReadonlyArray<StoredPoint>): ReadonlyArray<Chunk> | undefined {
  const chunks: Chunk[] = []
  try {
    for (let start = 0; start < points.length; start += CHUNK) {
      const part = points.slice(start, start + CHUNK)
      chunks.push({ points: part, bytes: packPoints(part) })
    }
  } catch (error) {
    // Steps near 2^53 in wild order: their differences have no exact number, so the rows stay.
    if (error instanceof RangeError) return undefined
    throw error
  }
  return chunks
}

function insertChunk(
  { database }: TrackingContext,
  run: number,
  key: number,
  number: number,
  { points, bytes }: Chunk,
): void {
  let [least, most] = [Infinity, -Infinity]
  for (const { step } of points) {
    least = Math.min(least, step)
    most = Math.max(most, step)
  }
  database
    .sql(
      `INSERT INTO series_chunk (run, key, number, count, first_at, last_at, min_step, max_step, points)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(run, key, number, points.length, points[0]?.at ?? 0, points.at(-1)?.at ?? 0, least, most, bytes)
}

// The last chunk is filled up, so that a run that is resumed often has no crumbs.
function lastChunk(
  { database }: TrackingContext,
  run: number,
  key: number,
): { readonly id: number; readonly number: number; readonly points: ReadonlyArray<StoredPoint> } | undefined {
  const row = database
    .sql('SELECT * FROM series_chunk WHERE run = ? AND key = ? ORDER BY number DESC LIMIT 1')
    .get(run, key)
  if (row === undefined) return undefined
  const points = unpackPoints(bytesOf(row), Number(row['count']))
  return { id: Number(row['id']), number: Number(row['number']), points }
}

function bytesOf(row: SqlRow | undefined): Uint8Array {
  const bytes = row?.['points']
  if (bytes instanceof Uint8Array) return bytes
  throw new MlopsError('mlops/corrupt-store', 'a compacted series has no bytes')
}

/** A row of `metric` as a point. */
export function storedOf(row: SqlRow): StoredPoint {
  return {
    at: Number(row['at']),
    step: Number(row['step']),
    value: Number(row['value']),
    isNan: row['is_nan'] === 1 ? 1 : 0,
  }
}
