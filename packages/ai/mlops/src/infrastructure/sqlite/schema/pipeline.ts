/**
 * Tables of pipelines. What steps answer is kept once by content in `pipeline_output`; `pipeline_cache` says which answer other
 * runs may reuse. Times are epoch milliseconds.
 */
export const pipelineSchema = `
CREATE TABLE pipeline_output (
  digest TEXT PRIMARY KEY,
  kind TEXT NOT NULL, -- json, bytes or none
  body BLOB NOT NULL
) STRICT;
CREATE TABLE pipeline_run (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  pipeline TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  run_id TEXT NOT NULL,
  input TEXT NOT NULL REFERENCES pipeline_output (digest)
) STRICT;
CREATE INDEX pipeline_run_by_status ON pipeline_run (status, pipeline, seq);
CREATE INDEX pipeline_run_by_name ON pipeline_run (pipeline, seq);
CREATE INDEX pipeline_run_input ON pipeline_run (input);
CREATE TABLE pipeline_step (
  run INTEGER NOT NULL REFERENCES pipeline_run (seq) ON DELETE CASCADE,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  run_id TEXT NOT NULL,
  key TEXT NOT NULL,
  output TEXT REFERENCES pipeline_output (digest),
  error TEXT,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX pipeline_step_output ON pipeline_step (output);
CREATE TABLE pipeline_cache (
  key TEXT PRIMARY KEY,
  output TEXT NOT NULL REFERENCES pipeline_output (digest),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pipeline_cache_output ON pipeline_cache (output);
CREATE INDEX pipeline_cache_at ON pipeline_cache (at);
`
