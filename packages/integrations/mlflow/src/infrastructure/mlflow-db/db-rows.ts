import type { MetricPoint } from '../../domain/metric.ts'
import type { MlflowDb, Row } from './open-mlflow-db.ts'

/** A cell's text; `''` where it is NULL. */
export const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''

/** A cell's number; undefined where it is NULL. */
export const number = (value: unknown): number | undefined =>
  typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined

/** A row of `metrics` or `latest_metrics` as a point. */
export function pointOf(row: Row): MetricPoint {
  return {
    key: text(row['key']),
    value: number(row['is_nan']) === 1 ? Number.NaN : (number(row['value']) ?? Number.NaN),
    at: number(row['timestamp']) ?? 0,
    step: number(row['step']) ?? 0,
  }
}

/** The keys and values of a table that belong to one thing. */
export function pairs(
  db: MlflowDb,
  table: string,
  where: Readonly<Record<string, string | number>>,
  names: { readonly key: string; readonly value: string } = { key: 'key', value: 'value' },
): Readonly<Record<string, string>> {
  if (!db.has(table)) return {}
  const conditions = Object.keys(where)
    .map((column) => `${column} = ?`)
    .join(' AND ')
  const sql = `SELECT ${names.key} AS name, ${names.value} AS value FROM ${table} WHERE ${conditions} ORDER BY 1`
  return Object.fromEntries(db.rows(sql, ...Object.values(where)).map((row) => [text(row['name']), text(row['value'])]))
}

/** A condition that keeps to the default workspace, where the database has workspaces (3.10 and later). */
export function inDefaultWorkspace(db: MlflowDb, table: string): string {
  return db.has(table, 'workspace') ? "workspace = 'default'" : '1 = 1'
}
