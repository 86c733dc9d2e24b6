import { DatabaseSync } from 'node:sqlite'

import { randomOf } from '../mlops/fill-store.ts'

/** Puts the runs that `fillStore` makes into an mlflow.db, past MLflow: over its API they would take hours. */
export function fillMlflowDb(path: string, runs: number, seed: number): ReadonlyArray<string> {
  const random = randomOf(seed)
  const db = new DatabaseSync(path)
  db.exec('PRAGMA synchronous = OFF; BEGIN')
  const experiment = db.prepare(
    "INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time) VALUES (?, '', 'active', 1, 1)",
  )
  const ids = Array.from({ length: 10 }, (_, i) => Number(experiment.run(`experiment-${i}`).lastInsertRowid))
  const run = db.prepare(
    'INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, ' +
      "source_version, lifecycle_stage, artifact_uri, experiment_id) VALUES (?, ?, 'UNKNOWN', '', '', '', 'RUNNING', ?, '', 'active', '', ?)",
  )
  const columns = '(key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, 0, 0)'
  const [metric, latest] = ['metrics', 'latest_metrics'].map((table) => db.prepare(`INSERT INTO ${table} ${columns}`))
  const param = db.prepare('INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)')
  const tag = db.prepare('INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)')
  for (let number = 0; number < runs; number++) {
    const id = number.toString(16).padStart(32, '0')
    run.run(id, `run-${number}`, 1000 * number, ids[number % ids.length] ?? 0)
    for (let i = 0; i < 10; i++) {
      const value = random()
      for (const table of [metric, latest]) table?.run(`m${i}`, value, number, id)
    }
    for (let i = 0; i < 10; i++) param.run(`p${i}`, String(Math.floor(20 * random())), id)
    for (let i = 0; i < 4; i++) tag.run(`t${i}`, `v${Math.floor(50 * random())}`, id)
    tag.run('mlflow.runName', `run-${number}`, id)
  }
  db.exec('COMMIT')
  db.close()
  return ids.map(String)
}
