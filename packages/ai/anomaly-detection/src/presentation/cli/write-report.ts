import type { KeptResult } from '../../application/ports/result-store.ts'
import { explainKept, type ExplainKeptDeps } from '../../application/results/explain-kept.ts'
import type { TrainingOptions } from '../../application/training-options.ts'
import { detectionReport } from '../report/detection-report.ts'
import { gatherReport } from '../report/gather-report.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DetectionWork, FitWorkOptions } from './detection-work.ts'
import type { ResultAccess, ResultRoom } from './result-room.ts'

/** Writes the report of a kept result; without a file to the standard output. */
export async function writeReport(
  result: KeptResult,
  file: string | undefined,
  room: ResultRoom,
  context: DetectionCommandContext & { readonly results: ResultAccess },
): Promise<void> {
  const { results, signal } = context
  const { id } = result.info.dataset
  context.progress(`reporting on ${result.info.dataset.name}`)
  const report = await gatherReport({
    result,
    feedback: await room.feedback.list(result.info.id),
    openDataset: (columns) =>
      id === null ? Promise.reject(new Error('the data set was not kept')) : room.openData(id, columns),
    explain: async (rows) => explainKept(result, rows, explainingBy(await context.work({}), room)),
    version: results.version,
    signal,
  })
  context.progress(undefined)
  await results.printText(detectionReport(report), file)
  if (file !== undefined) context.note(`wrote ${file}`, 'asked')
}

function explainingBy(work: DetectionWork, { openData }: ResultRoom): ExplainKeptDeps {
  return {
    openDataset: (id) => openData(id, undefined),
    describe: work.describe,
    explain: (dataset, { detection, signal: _, ...options } = {}) =>
      work.explain(dataset, { ...options, detection: detection && travelling(detection) }),
  }
}

function travelling({ normalize, signal: _, ...detection }: TrainingOptions): FitWorkOptions {
  return { ...detection, standardize: normalize === 'z-score' }
}
