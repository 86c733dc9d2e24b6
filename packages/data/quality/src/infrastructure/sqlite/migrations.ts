/** Steps of the schema. They are never edited once released; the version of a file is how many it has taken. */
export const MIGRATIONS: ReadonlyArray<string> = [
  `
  CREATE TABLE results (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    dataset TEXT NOT NULL,
    suite TEXT NOT NULL,
    started_at REAL NOT NULL,
    summary TEXT NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX results_by_time ON results (started_at, number);
  CREATE INDEX results_by_dataset ON results (dataset, started_at, number);
  CREATE TABLE points (
    result INTEGER NOT NULL REFERENCES results (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    expectation TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (result, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE suites (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    saved_at REAL NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (name, version)
  ) STRICT, WITHOUT ROWID;
  `,
]
