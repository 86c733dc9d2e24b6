import { z } from 'zod'

import type { ResultsQuery, ResultsStore } from '../../application/ports/results-store.ts'
import { QualityError } from '../../domain/errors.ts'
import {
  type ExpectationPoint,
  type KeptResult,
  pointsOf,
  type ResultSummary,
  summaryOf,
} from '../../domain/history/kept-result.ts'
import type { Database } from './database.ts'
import { jsonText } from './json-text.ts'

const MOST = 1000
const USUAL = 100
const schema = z.strictObject({
  dataset: z.string().optional(),
  suite: z.string().optional(),
  before: z.number().optional(),
  limit: z.int().min(1).max(MOST).default(USUAL),
})

/** Results in SQLite: the document of each as JSON, and beside it what lists and trends ask for. */
export function sqliteResultsStore(database: Database): ResultsStore {
  return {
    append: async (result) => append(result, database),
    get: async (id) => {
      const [row] = database.all('SELECT document FROM results WHERE id = ?', id)
      return row === undefined ? undefined : (parsed(row['document']) as KeptResult)
    },
    list: async (query = {}) => {
      const { where, values } = chosen(query)
      return database
        .all(`SELECT summary FROM results ${where}`, ...values)
        .map((row) => parsed(row['summary']) as ResultSummary)
    },
    points: async (query = {}) => {
      const { where, values } = chosen(query)
      const sql =
        `SELECT p.document FROM (SELECT number, started_at FROM results ${where}) AS r JOIN points AS p ON p.result = r.number ` +
        'ORDER BY r.started_at DESC, r.number DESC, p.place'
      return database.all(sql, ...values).map((row) => parsed(row['document']) as ExpectationPoint)
    },
  }
}

function append(result: KeptResult, database: Database): void {
  const { id, dataset, validation } = result
  database.transaction(() => {
    const { changes, lastRowId } = database.run(
      'INSERT INTO results (id, dataset, suite, started_at, summary, document) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
      id,
      dataset,
      validation.suite,
      validation.startedAt,
      jsonText(summaryOf(result)),
      jsonText(result),
    )
    if (changes === 0) return
    for (const [place, point] of pointsOf(result).entries()) {
      database.run(
        'INSERT INTO points (result, place, expectation, document) VALUES (?, ?, ?, ?)',
        lastRowId,
        place,
        point.expectation,
        jsonText(point),
      )
    }
  })
}

function chosen(query: ResultsQuery): { readonly where: string; readonly values: ReadonlyArray<string | number> } {
  const checked = schema.safeParse(query)
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw new QualityError('quality/invalid-options', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
  }
  const { dataset, suite, before, limit } = checked.data
  const parts: ReadonlyArray<readonly [string, string | number | undefined]> = [
    ['dataset = ?', dataset],
    ['suite = ?', suite],
    ['started_at < ?', before],
  ]
  const given = parts.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
  const where = given.length === 0 ? '' : `WHERE ${given.map(({ sql }) => sql).join(' AND ')}`
  return {
    where: `${where} ORDER BY started_at DESC, number DESC LIMIT ?`,
    values: [...given.map(({ value }) => value), limit],
  }
}

// What this store wrote itself, to a file that was checked to be its own: whoever asks knows what it is.
function parsed(document: unknown): unknown {
  return JSON.parse(String(document))
}
