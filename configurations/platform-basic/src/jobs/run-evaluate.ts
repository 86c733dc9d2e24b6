import { AnomalyDetectionError, type Dataset, feedbackOnDataset, readDataset } from '@nomaly/ai-anomaly-detection'
import type { BasicAnomalyDetectionServices } from '@nomaly/configuration-anomaly-detection-basic'
import { createFileTables } from '@nomaly/integration-files'
import type { JobContext } from '@nomaly/integration-sqlite'

import { jobInputs, type ThreadJob } from './job-inputs.ts'
import { opened } from './thread-work.ts'

/** Measures detectors on rows of which it is known whether they are anomalies. */
export async function runEvaluate({ dataPath, file, input }: ThreadJob, context: JobContext): Promise<unknown> {
  const { dataset: id, label, detectors, seed, columns, missing } = jobInputs.evaluate.parse(input)
  const { services, close } = opened(dataPath, context)
  try {
    const table = await createFileTables().open({ ...file, signal: context.signal })
    const { dataset, labels } = await readDataset(table, { columns, missing, label })
    const onProgress = (message: string, done: number, total: number): void =>
      context.progress({ done, total, message })
    const options = { detectors, seed, onProgress, signal: context.signal }
    if (labels !== undefined) return { evaluations: await services.evaluation.execute(dataset, labels, options) }
    const reviewed = await reviewedRows(services, id, dataset)
    const measured = { ...options, labelled: reviewed.rows }
    const evaluations = await services.evaluation.execute(dataset, reviewed.labels, measured)
    return { evaluations, reviewed: reviewed.counts }
  } finally {
    await close()
  }
}

// A true alarm is an anomaly, a false one is none, and of all other rows nothing is known.
async function reviewedRows(services: BasicAnomalyDetectionServices, id: string, { rows, sourceRows }: Dataset) {
  const said = await feedbackOnDataset(services, id)
  const labels = new Uint8Array(rows)
  const known: number[] = []
  for (let row = 0; row < rows; row++) {
    const verdict = said.get(sourceRows?.[row] ?? row)?.verdict
    if (verdict === undefined) continue
    known.push(row)
    labels[row] = verdict === 'true_alarm' ? 1 : 0
  }
  const trueAlarms = labels.reduce((sum, label) => sum + label, 0)
  const counts = { trueAlarms, falseAlarms: known.length - trueAlarms }
  if (counts.trueAlarms > 0 && counts.falseAlarms > 0) return { rows: known, labels, counts }
  const message = `the feedback on this data set says ${trueAlarms} true and ${counts.falseAlarms} false alarms; one of each at least is needed to rank by`
  throw new AnomalyDetectionError('anomaly-detection/invalid-label', message, counts)
}
