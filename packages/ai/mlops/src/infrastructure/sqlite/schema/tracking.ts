/**
 * Tables of tracking. Runs and keys have integer surrogate ids; `metric` holds the points of series as they arrive,
 * `series_chunk` those of finished ones, `latest` what a table of runs shows. Times are epoch milliseconds. NaN is
 * `is_nan` = 1 with value 0, because SQLite would keep it as NULL.
 */
export const trackingSchema = `
CREATE TABLE experiment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  artifact_location TEXT, -- NULL: the store's root and the id
  folder TEXT NOT NULL DEFAULT '',
  stage TEXT NOT NULL DEFAULT 'active',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX experiment_recent ON experiment (stage, created_at DESC, id);
CREATE TABLE experiment_tag (
  experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (experiment, key)
) STRICT, WITHOUT ROWID;
INSERT INTO experiment (id, name, created_at, updated_at)
  VALUES (0, 'Default', CAST(unixepoch('subsec') * 1000 AS INTEGER), CAST(unixepoch('subsec') * 1000 AS INTEGER));

CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL UNIQUE,
  experiment INTEGER NOT NULL REFERENCES experiment (id),
  name TEXT NOT NULL,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  stage TEXT NOT NULL DEFAULT 'active',
  deleted_at INTEGER,
  deleted_with_experiment INTEGER NOT NULL DEFAULT 0,
  artifact_location TEXT NOT NULL,
  compact_after INTEGER -- when finished series wait to be compacted: not before this time
) STRICT;
CREATE INDEX run_of_experiment ON run (experiment, started_at DESC, run_id, stage);
CREATE INDEX run_recent ON run (started_at DESC, run_id, stage, experiment);
CREATE INDEX run_by_end ON run (ended_at, started_at DESC, run_id, stage, experiment);
CREATE INDEX run_by_name ON run (name, started_at DESC, run_id, stage, experiment);
CREATE INDEX run_to_compact ON run (compact_after) WHERE compact_after IS NOT NULL;
CREATE TABLE param (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  key INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX param_by_value ON param (key, value, run);
CREATE TABLE tag (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  key INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_by_value ON tag (key, value, run);

CREATE TABLE metric (
  run INTEGER NOT NULL,
  key INTEGER NOT NULL,
  at INTEGER NOT NULL,
  step INTEGER NOT NULL,
  value REAL NOT NULL,
  is_nan INTEGER NOT NULL,
  PRIMARY KEY (run, key, at, step, value, is_nan)
) STRICT, WITHOUT ROWID;
CREATE TABLE series_chunk (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  key INTEGER NOT NULL,
  number INTEGER NOT NULL, -- within the series, from 0 on
  count INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  min_step INTEGER NOT NULL,
  max_step INTEGER NOT NULL,
  points BLOB NOT NULL,
  UNIQUE (run, key, number)
) STRICT;
CREATE TABLE latest (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  key INTEGER NOT NULL,
  value REAL NOT NULL,
  is_nan INTEGER NOT NULL,
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  min REAL, -- of all points but NaN
  max REAL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX latest_by_value ON latest (key, is_nan, value, run);

CREATE TABLE dataset (
  id INTEGER PRIMARY KEY,
  experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source TEXT NOT NULL,
  schema TEXT,
  profile TEXT,
  UNIQUE (experiment, name, digest)
) STRICT;
CREATE TABLE run_dataset (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  dataset INTEGER NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  tags TEXT NOT NULL, -- a JSON object
  context TEXT, -- the tag mlflow.data.context
  PRIMARY KEY (run, dataset)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_of_dataset ON run_dataset (dataset);
CREATE TABLE run_model (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  direction TEXT NOT NULL, -- 'input' or 'output'
  model_id TEXT NOT NULL,
  step INTEGER NOT NULL,
  position INTEGER NOT NULL, -- in the order they were logged
  PRIMARY KEY (run, direction, model_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE logged_model (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  model_id TEXT NOT NULL UNIQUE,
  experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  model_type TEXT,
  source_run_id TEXT,
  status TEXT NOT NULL,
  status_message TEXT,
  artifact_location TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  stage TEXT NOT NULL DEFAULT 'active',
  deleted_at INTEGER
) STRICT;
CREATE INDEX logged_model_recent ON logged_model (experiment, stage, created_at DESC, model_id);
CREATE TABLE logged_model_param (
  model INTEGER NOT NULL REFERENCES logged_model (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE logged_model_tag (
  model INTEGER NOT NULL REFERENCES logged_model (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE logged_model_metric (
  model INTEGER NOT NULL REFERENCES logged_model (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  dataset_name TEXT NOT NULL, -- '' for none
  dataset_digest TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  value REAL NOT NULL,
  is_nan INTEGER NOT NULL,
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (model, key, dataset_name, dataset_digest, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX logged_model_metric_of_run ON logged_model_metric (run);

CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL
) STRICT;
CREATE TABLE artifact (
  folder TEXT NOT NULL, -- '' at the root, else ends with /
  name TEXT NOT NULL,
  blob INTEGER NOT NULL REFERENCES blob (id),
  stored_at INTEGER NOT NULL,
  PRIMARY KEY (folder, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX artifact_of_blob ON artifact (blob);
`
