/**
 * Events and who is still to get them. A delivery is written together with its event, so that neither a crash nor a
 * subscriber that is away loses one. Delivered ones are kept until they are pruned.
 */
export const outboxSchema = `
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  subject TEXT,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_type ON event (type, subject, at);

CREATE TABLE subscription (
  name TEXT PRIMARY KEY,
  patterns TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES event (seq) ON DELETE CASCADE,
  subscription TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  lease TEXT,
  error TEXT
) STRICT;
CREATE INDEX delivery_due ON delivery (subscription, due_at, event) WHERE state = 'waiting';
CREATE UNIQUE INDEX delivery_by_lease ON delivery (lease) WHERE lease IS NOT NULL;
CREATE INDEX delivery_by_event ON delivery (event);
CREATE INDEX delivery_dead ON delivery (event) WHERE state = 'dead';

CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  patterns TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'DISABLED')),
  secret BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
`
