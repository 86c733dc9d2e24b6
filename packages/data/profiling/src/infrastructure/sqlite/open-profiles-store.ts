import type { DatabaseSync } from 'node:sqlite'

import { z } from 'zod'

import type {
  KeptProfile,
  ProfilesQuery,
  ProfilesStore,
  ProfileSummary,
} from '../../application/ports/profiles-store.ts'
import { parseProfile } from '../../application/profile-document.ts'
import { ProfilingError } from '../../domain/errors.ts'

/** `PRAGMA application_id` of our files: the letters NMLP. */
const APPLICATION_ID = 0x4e4d4c50
const VERSION = 1
const SCHEMA = `
  CREATE TABLE profiles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    created_at REAL NOT NULL,
    summary TEXT NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX profiles_by_time ON profiles (created_at, number);
`
const query = z.strictObject({
  source: z.string().optional(),
  before: z.number().optional(),
  limit: z.int().min(1).max(1000).default(100),
})

/** Profiles, kept. */
export interface OpenProfilesStore {
  readonly profiles: ProfilesStore
  /** Again is harmless. */
  readonly close: () => void
}

/**
 * Opens a store in a file of Node's own SQLite, made when absent; `:memory:` keeps nothing. Several processes may use one file.
 * @throws ProfilingError `profiling/storage-failed` where it cannot be opened or is a file of another program
 */
export function openProfilesStore({ path }: { readonly path: string }): OpenProfilesStore {
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (ProfilingError.is(error)) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw new ProfilingError('profiling/storage-failed', `${path}: ${reason}`, { path }, error)
    }
  }
  // Not imported: Node 22 would warn of it as experimental also when nothing is stored.
  const { DatabaseSync: Opened } = process.getBuiltinModule('node:sqlite')
  const database = attempt(() => new Opened(path))
  try {
    attempt(() => prepareFile(database, path))
  } catch (error) {
    database.close()
    throw error
  }
  return {
    profiles: {
      append: async (kept) => attempt(() => append(database, kept)),
      get: async (id) => attempt(() => found(database, id)),
      list: async (asked = {}) => attempt(() => listed(database, asked)),
    },
    close: () => {
      if (database.isOpen) database.close()
    },
  }
}

function prepareFile(database: DatabaseSync, path: string): void {
  database.exec('PRAGMA busy_timeout = 10000')
  const pragma = (name: string): number => Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
  const tables = Number(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'])
  const owner = pragma('application_id')
  if (owner !== APPLICATION_ID && (owner !== 0 || tables > 0))
    throw new ProfilingError('profiling/storage-failed', `${path} is an SQLite file of another program`, { path })
  if (pragma('user_version') > VERSION)
    throw new ProfilingError('profiling/storage-failed', `${path} was written by a newer version: update this one`, {
      path,
    })
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  database.exec('BEGIN IMMEDIATE')
  // Asked within the transaction: another process may have been first.
  if (pragma('user_version') === 0)
    database.exec(`${SCHEMA} PRAGMA user_version = ${VERSION}; PRAGMA application_id = ${APPLICATION_ID}`)
  database.exec('COMMIT')
}

function append(database: DatabaseSync, { id, profile }: KeptProfile): void {
  const { source, engine, createdAt, rows, columns, alerts } = profile
  const summary: ProfileSummary = {
    id,
    source,
    engine,
    createdAt,
    rows,
    columns: columns.length,
    alerts: alerts.length,
  }
  database
    .prepare(
      'INSERT INTO profiles (id, source, created_at, summary, document) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    )
    .run(id, source, createdAt, JSON.stringify(summary), JSON.stringify(profile))
}

function found(database: DatabaseSync, id: string): KeptProfile | undefined {
  const row = database.prepare('SELECT document FROM profiles WHERE id = ?').get(id)
  return row === undefined ? undefined : { id, profile: parseProfile(JSON.parse(String(row['document']))) }
}

function listed(database: DatabaseSync, asked: ProfilesQuery): ReadonlyArray<ProfileSummary> {
  const checked = query.safeParse(asked)
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw new ProfilingError(
      'profiling/invalid-options',
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
    )
  }
  const { source, before, limit } = checked.data
  const parts: ReadonlyArray<readonly [string, string | number | undefined]> = [
    ['source = ?', source],
    ['created_at < ?', before],
  ]
  const given = parts.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
  const where = given.length === 0 ? '' : `WHERE ${given.map(({ sql }) => sql).join(' AND ')}`
  return database
    .prepare(`SELECT summary FROM profiles ${where} ORDER BY created_at DESC, number DESC LIMIT ?`)
    .all(...given.map(({ value }) => value), limit)
    .map((row) => JSON.parse(String(row['summary'])) as ProfileSummary) // what `append` wrote, to a file that is ours
}
