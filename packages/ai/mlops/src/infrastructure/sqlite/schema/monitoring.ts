/**
 * Tables of monitoring. `monitor_row` holds rows until their window is looked at, `monitor_answer` what the model said of rows
 * that can be labelled later. References are deflated JSON. Times are epoch milliseconds.
 */
export const monitoringSchema = `
CREATE TABLE monitor (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  spec TEXT NOT NULL,
  reference BLOB NOT NULL,
  model TEXT, -- the registered version it watches, if any
  version TEXT,
  defined_at INTEGER NOT NULL
) STRICT;
CREATE INDEX monitor_of_version ON monitor (model, version);
CREATE TABLE monitor_row (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  monitor INTEGER NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX monitor_row_at ON monitor_row (monitor, at);
CREATE TABLE monitor_report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  report_id TEXT NOT NULL UNIQUE,
  monitor INTEGER NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
  last_at INTEGER NOT NULL, -- of its rows
  body TEXT NOT NULL
) STRICT;
CREATE INDEX monitor_report_at ON monitor_report (monitor, last_at);
CREATE TABLE monitor_answer (
  monitor INTEGER NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
  row_id TEXT NOT NULL,
  report INTEGER NOT NULL REFERENCES monitor_report (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  PRIMARY KEY (monitor, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX monitor_answer_of_report ON monitor_answer (report);
CREATE TABLE monitor_label (
  monitor INTEGER NOT NULL REFERENCES monitor (id) ON DELETE CASCADE,
  row_id TEXT NOT NULL,
  label ANY NOT NULL,
  given_at INTEGER NOT NULL,
  PRIMARY KEY (monitor, row_id)
) STRICT, WITHOUT ROWID;
`
