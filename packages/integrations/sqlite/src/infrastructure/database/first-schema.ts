/** Jobs; events, and who is still to get them. A delivery is written together with its event, so that no crash loses one. */
export const FIRST_SCHEMA = `
CREATE TABLE job (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  queue INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'completed', 'failed', 'cancelled')),
  input TEXT NOT NULL,
  output TEXT,
  failure TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL,
  progress TEXT,
  checkpoint TEXT,
  idempotency_key TEXT UNIQUE,
  cancel_requested INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  lease TEXT UNIQUE,
  lease_until INTEGER
) STRICT;
CREATE INDEX job_next ON job (queue, priority DESC, seq) WHERE state = 'waiting';
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running';
CREATE INDEX job_by_state ON job (state, seq);
CREATE INDEX job_by_type ON job (type, seq);
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  kept_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (source, id)
) STRICT;
CREATE INDEX event_by_age ON event (kept_at);

CREATE TABLE subscription (
  name TEXT PRIMARY KEY,
  patterns TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES event (seq),
  subscription TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  lease TEXT UNIQUE,
  error TEXT
) STRICT;
CREATE INDEX delivery_due ON delivery (subscription, due_at, event) WHERE state = 'waiting';
CREATE INDEX delivery_by_event ON delivery (event);
CREATE INDEX delivery_dead ON delivery (event) WHERE state = 'dead';
`
