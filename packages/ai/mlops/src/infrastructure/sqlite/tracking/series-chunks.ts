import { MlopsError } from '../../../domain/errors.ts'
import type { SqlRow, SqlValue } from '../driver.ts'
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

/**
 * Moves up to a chunk of the first rows of one of the run's longer series, from this key on, into a chunk. Answers how
 * many, and the key to go on with; undefined when there is none left. Inside a write only.
 */
export function compactNext(
  context: TrackingContext,
  run: number,
  from: number,
): { readonly points: number; readonly key: number | undefined } {
  const { database } = context
  const next = database.sql('SELECT min(key) AS key FROM metric WHERE run = ? AND key >= ?').get(run, from)?.['key']
  if (typeof next !== 'number') return { points: 0, key: undefined }
  const rows = database
    .sql(
      'SELECT at, step, value, is_nan FROM metric WHERE run = ? AND key = ? ORDER BY at, step, value, is_nan LIMIT ?',
    )
    .rows(run, next, CHUNK)
  const before = lastChunk(context, run, next)
  if (before === undefined && rows.length < WORTH_A_CHUNK) return { points: 0, key: next + 1 }
  if (!moveIntoChunks(context, run, next, rows.map(storedOf), before)) return { points: 0, key: next + 1 }
  return { points: rows.length, key: rows.length < CHUNK ? next + 1 : next }
}

function moveIntoChunks(
  context: TrackingContext,
  run: number,
  key: number,
  points: ReadonlyArray<StoredPoint>,
  before: LastChunk | undefined,
): boolean {
  const { database } = context
  const open = before !== undefined && before.points.length < CHUNK ? before : undefined
  const chunks = packedChunks(open === undefined ? points : [...open.points, ...points])
  const last = points.at(-1)
  if (chunks === undefined || last === undefined) return false
  if (open !== undefined) database.sql('DELETE FROM series_chunk WHERE id = ?').run(open.id)
  const first = open?.number ?? (before === undefined ? 0 : before.number + 1)
  chunks.forEach((chunk, index) => insertChunk(context, run, key, first + index, chunk))
  database
    .sql('DELETE FROM metric WHERE run = ? AND key = ? AND (at, step, value, is_nan) <= (?, ?, ?, ?)')
    .run(run, key, last.at, last.step, last.value, last.isNan)
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

interface LastChunk {
  readonly id: number
  readonly number: number
  readonly points: ReadonlyArray<StoredPoint>
}

// The last chunk is filled up, so that a run that is resumed often has no crumbs.
function lastChunk({ database }: TrackingContext, run: number, key: number): LastChunk | undefined {
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

/** The columns at, step, value and is_nan of a row of `metric` as a point. */
export function storedOf([at, step, value, isNan]: ReadonlyArray<SqlValue>): StoredPoint {
  return { at: Number(at), step: Number(step), value: Number(value), isNan: isNan === 1 ? 1 : 0 }
}
