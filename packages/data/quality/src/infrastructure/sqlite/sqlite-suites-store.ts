import type { KeptSuite, SuitesStore } from '../../application/ports/suites-store.ts'
import { parseSuiteData } from '../../application/suites/suite-document.ts'
import { canonicalJson } from '../../domain/expectation-id.ts'
import type { Database, Row } from './database.ts'
import { jsonText } from './json-text.ts'

const NEWEST = 'SELECT name, version, saved_at, document FROM suites WHERE name = ? ORDER BY version DESC LIMIT 1'

/** Suites in SQLite, every version as JSON. */
export function sqliteSuitesStore(database: Database): SuitesStore {
  return {
    save: async (suite, savedAt) => {
      const document = jsonText(suite)
      return database.transaction(() => {
        const [last] = database.all(NEWEST, suite.name)
        const newest = last === undefined ? undefined : keptSuite(last)
        if (newest !== undefined && canonicalJson(newest.suite) === canonicalJson(JSON.parse(document))) return newest
        const version = (newest?.version ?? 0) + 1
        database.run(
          'INSERT INTO suites (name, version, saved_at, document) VALUES (?, ?, ?, ?)',
          suite.name,
          version,
          savedAt,
          document,
        )
        return keptSuite({ name: suite.name, version, saved_at: savedAt, document })
      })
    },
    get: async (name, version) => {
      const [row] =
        version === undefined
          ? database.all(NEWEST, name)
          : database.all('SELECT version, saved_at, document FROM suites WHERE name = ? AND version = ?', name, version)
      return row === undefined ? undefined : keptSuite(row)
    },
    list: async () =>
      database
        .all(
          'SELECT name, version, saved_at, document FROM suites AS s WHERE version = (SELECT max(version) FROM suites WHERE name = s.name) ORDER BY name',
        )
        .map(keptSuite),
    versions: async (name) =>
      database
        .all('SELECT version, saved_at FROM suites WHERE name = ? ORDER BY version DESC', name)
        .map((row) => ({ version: Number(row['version']), savedAt: Number(row['saved_at']) })),
  }
}

function keptSuite(row: Row): KeptSuite {
  return {
    suite: parseSuiteData(JSON.parse(String(row['document']))),
    version: Number(row['version']),
    savedAt: Number(row['saved_at']),
  }
}
