import type { PredictionLog, PredictionQuery } from '../../../application/ports/prediction-log.ts'
import { checkedLimit } from '../../../domain/checks/text.ts'
import type { Prediction } from '../../../domain/deployment/prediction.ts'
import { limits } from '../../../domain/limits.ts'
import type { Page } from '../../../domain/page.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'
import { type PageKey, encodePageToken, parsePageToken } from '../search/page-token.ts'

/** Predictions in the file. */
export function createPredictionLog(database: Database): PredictionLog {
  return {
    append: (predictions) =>
      database.write(() => {
        for (const prediction of predictions) insert(database, prediction)
      }),
    read: (query) => database.read(() => read(database, query)),
    prune: (before) =>
      database.write(() => database.sql('DELETE FROM prediction WHERE at < ?').run(Math.floor(before)).changes),
  }
}

function insert(database: Database, prediction: Prediction): void {
  const { id, endpoint, revision, model, version, role, at, durationMs, key, input, output, error } = prediction
  database
    .sql(
      `INSERT INTO prediction (id, endpoint, revision, model, version, role, at, duration_ms, key, input, output, error)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      id,
      endpoint,
      revision,
      model,
      version,
      role,
      at,
      durationMs,
      key ?? null,
      jsonOf(input),
      error === undefined ? jsonOf(output) : null,
      error ?? null,
    )
}

function read(database: Database, query: PredictionQuery): Page<Prediction> {
  const { pageToken, limit: asked, ...terms } = query
  const limit = checkedLimit(asked, 1000, limits.searchPage)
  const identity = { thing: 'predictions', ...terms }
  const after: PageKey = pageToken === undefined ? [0] : parsePageToken(pageToken, identity)
  const { endpoint = null, model = null, version = null, role = null, from = null, to = null } = terms
  const rows = database
    .sql(
      `SELECT * FROM prediction WHERE seq > ?1 AND (?2 IS NULL OR endpoint = ?2) AND (?3 IS NULL OR model = ?3)
       AND (?4 IS NULL OR version = ?4) AND (?5 IS NULL OR role = ?5) AND (?6 IS NULL OR at >= ?6)
       AND (?7 IS NULL OR at < ?7) ORDER BY seq LIMIT ?8`,
    )
    .all(Number(after[0]), endpoint, model, version, role, from, to, limit + 1)
  const page = rows.slice(0, limit)
  const items = page.map(predictionOf)
  if (rows.length <= limit) return { items }
  return { items, next: encodePageToken(identity, [Number(page.at(-1)?.['seq'])]) }
}

function predictionOf(row: SqlRow): Prediction {
  const { key, output, error } = row
  return {
    id: String(row['id']),
    endpoint: String(row['endpoint']),
    revision: Number(row['revision']),
    model: String(row['model']),
    version: String(row['version']),
    role: row['role'] === 'shadow' ? 'shadow' : 'served',
    at: Number(row['at']),
    durationMs: Number(row['duration_ms']),
    ...(typeof key === 'string' ? { key } : {}),
    input: JSON.parse(String(row['input'])),
    ...(typeof output === 'string' ? { output: JSON.parse(output) } : {}),
    ...(typeof error === 'string' ? { error } : {}),
  }
}

/** What JSON cannot say (undefined, a function) is null. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}
