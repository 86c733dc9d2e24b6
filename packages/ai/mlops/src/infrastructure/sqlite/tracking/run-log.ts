import type { RunLog } from '../../../application/ports/run-log.ts'
import { checkId } from '../../../domain/checks/key.ts'
import { checkRunBatch } from '../../../domain/checks/run-batch.ts'
import { checkWhole } from '../../../domain/checks/text.ts'
import { checkDatasetInput } from '../../../domain/checks/things.ts'
import { MlopsError } from '../../../domain/errors.ts'
import type { RunBatch } from '../../../domain/run.ts'
import type { SqlRow } from '../driver.ts'
import { logDatasets, logModels } from './run-inputs.ts'
import { activeRunRow } from './run-rows.ts'
import { setRunTag } from './run-tags.ts'
import { readHistory } from './series-history.ts'
import { writePoints } from './series-write.ts'
import type { TrackingContext } from './tracking-context.ts'

/** What is logged to the runs of the file. */
export function createRunLog(context: TrackingContext): RunLog {
  const { database } = context
  return {
    log: async (runId, batch) => {
      checkRunBatch(batch)
      await database.write(() => writeBatch(context, runId, batch))
    },
    history: (runId, key, page) => database.read(() => readHistory(context, runId, key, page)),
    logInputs: async (runId, { datasets = [], models = [] }) => {
      datasets.forEach((dataset, index) => checkDatasetInput(`datasets[${index}]`, dataset))
      models.forEach(({ modelId }, index) => checkId(`models[${index}].modelId`, modelId))
      await database.write(() => {
        const row = activeRunRow(context, runId)
        logDatasets(context, row, datasets)
        logModels(context, Number(row['id']), 'input', models)
      })
    },
    logOutputs: async (runId, models) => {
      models.forEach(({ modelId, step }, index) => {
        checkId(`models[${index}].modelId`, modelId)
        checkWhole(`models[${index}].step`, step)
      })
      await database.write(() => logModels(context, Number(activeRunRow(context, runId)['id']), 'output', models))
    },
  }
}

function writeBatch(context: TrackingContext, runId: string, { params, metrics, tags }: RunBatch): void {
  const row = activeRunRow(context, runId)
  const id = Number(row['id'])
  for (const { key, value } of params ?? []) writeParam(context, row, key, value)
  if (metrics !== undefined && metrics.length > 0) writePoints(context, row, metrics)
  for (const { key, value } of tags ?? []) setRunTag(context, id, key, value)
}

function writeParam({ database, words }: TrackingContext, run: SqlRow, key: string, value: string): void {
  const id = Number(run['id'])
  const word = words.idOf(key)
  const { changes } = database
    .sql('INSERT INTO param (run, key, value) VALUES (?, ?, ?) ON CONFLICT (run, key) DO NOTHING')
    .run(id, word, value)
  if (changes > 0) return
  const before = String(database.sql('SELECT value FROM param WHERE run = ? AND key = ?').get(id, word)?.['value'])
  if (before === value) return
  const runId = String(run['run_id'])
  throw new MlopsError(
    'mlops/param-changed',
    `param '${key}' of run ${runId} is '${shown(before)}' and cannot become '${shown(value)}'`,
    { key, before, after: value, runId },
  )
}

const shown = (value: string): string => (value.length > 200 ? `${value.slice(0, 200)}...` : value)
