/**
 * Tables of the registry. A deleted version keeps its row, so that its number is not given again; a deleted model takes
 * all with it but its promotions, which are kept with what they were decided on.
 */
export const registrySchema = `
CREATE TABLE registered_model (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given again: promotions outlive their model
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE registered_model_tag (
  model INTEGER NOT NULL REFERENCES registered_model (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX registered_model_tag_by_value ON registered_model_tag (key, value);

CREATE TABLE model_version (
  id INTEGER PRIMARY KEY,
  model INTEGER NOT NULL REFERENCES registered_model (id) ON DELETE CASCADE,
  name TEXT NOT NULL, -- the model's, kept here too for the sake of searches
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('None', 'Staging', 'Production', 'Archived')),
  description TEXT NOT NULL,
  source TEXT NOT NULL,
  run_id TEXT,
  run_link TEXT,
  model_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY')),
  status_message TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  UNIQUE (model, version)
) STRICT;
CREATE INDEX model_version_by_stage ON model_version (model, deleted, stage, version);
CREATE INDEX model_version_by_change ON model_version (updated_at DESC, name, version DESC);
CREATE INDEX model_version_by_name ON model_version (name, version);
CREATE INDEX model_version_by_run ON model_version (run_id);

CREATE TABLE model_version_tag (
  version INTEGER NOT NULL REFERENCES model_version (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (version, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX model_version_tag_by_value ON model_version_tag (key, value);

CREATE TABLE registered_model_alias (
  model INTEGER NOT NULL REFERENCES registered_model (id) ON DELETE CASCADE,
  alias TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (model, alias),
  FOREIGN KEY (model, version) REFERENCES model_version (model, version) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX registered_model_alias_by_version ON registered_model_alias (model, version);

CREATE TABLE approval (
  model INTEGER NOT NULL REFERENCES registered_model (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  approver TEXT NOT NULL,
  approved INTEGER NOT NULL,
  comment TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (model, version, approver)
) STRICT, WITHOUT ROWID;

CREATE TABLE promotion (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE,
  model INTEGER NOT NULL,
  alias TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('promoted', 'refused', 'rolled-back')),
  version TEXT NOT NULL,
  predecessor TEXT,
  requested_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  evidence TEXT NOT NULL
) STRICT;
CREATE INDEX promotion_by_alias ON promotion (model, alias, seq);
`
