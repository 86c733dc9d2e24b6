import type {
  PipelineChange,
  PipelineStatus,
  PipelineStore,
  StoredOutput,
  StoredPipelineRun,
  StoredStep,
} from '../../../application/ports/pipeline-store.ts'
import { eventOf } from '../../../domain/events/mlops-event.ts'
import { notFound } from '../../../domain/refusals.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'
import { appendEvent } from '../outbox/append-event.ts'
import { keepOutput, readOutput } from './step-outputs.ts'

/** What the stores of pipelines work with. */
export interface PipelineContext {
  readonly database: Database
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

/** Runs of pipelines in the file. */
export function createPipelineStore(context: PipelineContext): PipelineStore {
  const { database } = context
  return {
    create: ({ id, pipeline, startedAt, runId, input }) =>
      database.write(() => {
        keepOutput(database, input)
        database
          .sql(
            `INSERT INTO pipeline_run (id, pipeline, status, started_at, run_id, input) VALUES (?, ?, 'running', ?, ?, ?)`,
          )
          .run(id, pipeline, Math.floor(startedAt), runId, input.digest)
      }),
    find: (id) =>
      database.read(() => {
        const row = database.sql('SELECT * FROM pipeline_run WHERE id = ?').get(id)
        return row === undefined ? undefined : runOf(database, row)
      }),
    change: (id, change) => database.write(() => apply(context, id, change)),
    list: ({ pipeline, status }) =>
      database.read(() =>
        database
          .sql(
            `SELECT * FROM pipeline_run WHERE (?1 IS NULL OR pipeline = ?1) AND (?2 IS NULL OR status = ?2)
             ORDER BY seq DESC LIMIT 100`,
          )
          .all(pipeline ?? null, status ?? null)
          .map((row) => runOf(database, row)),
      ),
  }
}

function apply(context: PipelineContext, id: string, change: PipelineChange): void {
  const { database, now } = context
  const run = database.sql('SELECT seq, pipeline, run_id FROM pipeline_run WHERE id = ?').get(id)
  if (run === undefined) throw notFound('pipeline', id)
  const seq = Number(run['seq'])
  if (change.kind === 'status') {
    const ended = change.endedAt === undefined ? null : Math.floor(change.endedAt)
    database.sql('UPDATE pipeline_run SET status = ?, ended_at = ? WHERE seq = ?').run(change.status, ended, seq)
    if (change.status !== 'running') tell(context, id, change.status, run)
    return
  }
  const { step, output, isShared } = change
  if (output !== undefined) keepOutput(database, output)
  database
    .sql(
      `INSERT OR REPLACE INTO pipeline_step (run, name, status, run_id, key, output, error) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(seq, step.name, step.status, step.runId, step.key, step.output ?? null, step.error ?? null)
  if (isShared === true && output !== undefined) {
    database
      .sql('INSERT OR REPLACE INTO pipeline_cache (key, output, at) VALUES (?, ?, ?)')
      .run(step.key, output.digest, Math.floor(now()))
  }
}

function tell(context: PipelineContext, id: string, status: PipelineStatus, { pipeline, run_id: runId }: SqlRow): void {
  const subject = String(pipeline)
  const data = { pipeline: subject, run: id, runId: String(runId) }
  appendEvent(context.database, eventOf({ type: `nomaly.pipeline.${status}`, subject, data }, context))
}

function runOf(database: Database, row: SqlRow): StoredPipelineRun {
  const steps = database.sql('SELECT * FROM pipeline_step WHERE run = ? ORDER BY name').all(Number(row['seq']))
  return {
    id: String(row['id']),
    pipeline: String(row['pipeline']),
    status: row['status'] as PipelineStatus, // written by this module only
    startedAt: Number(row['started_at']),
    ...(row['ended_at'] === null ? {} : { endedAt: Number(row['ended_at']) }),
    runId: String(row['run_id']),
    input: readOutput(database, String(row['input'])) as StoredOutput, // a foreign key
    steps: steps.map(stepOf),
  }
}

function stepOf(row: SqlRow): StoredStep {
  return {
    name: String(row['name']),
    status: row['status'] as PipelineStatus, // written by this module only
    runId: String(row['run_id']),
    key: String(row['key']),
    ...(row['output'] === null ? {} : { output: String(row['output']) }),
    ...(row['error'] === null ? {} : { error: String(row['error']) }),
  }
}
