/** Webhooks and how their calls went; who changed what; counts a day, once an event, and of jobs that end. */
export const SECOND_SCHEMA = `
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  patterns TEXT NOT NULL,
  description TEXT NOT NULL,
  disabled TEXT,
  failing_since INTEGER,
  created_at INTEGER NOT NULL,
  secret BLOB NOT NULL
) STRICT;

CREATE TABLE webhook_attempt (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  message TEXT NOT NULL,
  type TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  at INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  is_delivered INTEGER NOT NULL,
  status INTEGER,
  error TEXT
) STRICT;
CREATE INDEX webhook_attempt_by_webhook ON webhook_attempt (webhook, seq);
CREATE INDEX webhook_attempt_by_age ON webhook_attempt (at);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  request TEXT NOT NULL,
  actor TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;

CREATE TABLE counter (
  day TEXT NOT NULL,
  name TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (day, name)
) STRICT, WITHOUT ROWID;
ALTER TABLE event ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER job_ended AFTER UPDATE OF state ON job
WHEN new.state IN ('completed', 'failed', 'cancelled') AND old.state <> new.state
BEGIN
  INSERT INTO counter (day, name, amount)
  VALUES (date(new.finished_at / 1000, 'unixepoch'), 'jobs' || upper(substr(new.state, 1, 1)) || substr(new.state, 2), 1)
  ON CONFLICT (day, name) DO UPDATE SET amount = amount + 1;
END;
`
