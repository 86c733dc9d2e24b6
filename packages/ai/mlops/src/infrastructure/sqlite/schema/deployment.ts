/** Tables of deployment: endpoints with every routing they ever had, and the predictions that were asked to be logged. */
export const deploymentSchema = `
CREATE TABLE endpoint (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  model TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE endpoint_revision (
  endpoint INTEGER NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  routing TEXT NOT NULL, -- JSON
  restored_from INTEGER,
  requested_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (endpoint, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE prediction (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  revision INTEGER NOT NULL,
  model TEXT NOT NULL,
  version TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('served', 'shadow')),
  at INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  key TEXT,
  input TEXT NOT NULL, -- JSON
  output TEXT, -- JSON
  error TEXT
) STRICT;
CREATE INDEX prediction_by_time ON prediction (endpoint, at);
CREATE INDEX prediction_by_version ON prediction (model, version, at);
CREATE INDEX prediction_by_id ON prediction (id);
`
