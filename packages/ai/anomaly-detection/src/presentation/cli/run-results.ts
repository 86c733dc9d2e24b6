import { AnomalyDetectionError } from '../../domain/errors.ts'
import { feedbackCountsOf } from '../../domain/results/feedback.ts'
import { chosenResult } from './chosen-result.ts'
import type { DetectionCommandContext, OutputColumn } from './command-context.ts'
import { detectorText } from './detector-text.ts'
import type { OutputFlags } from './flags.ts'
import type { ResultAccess, ResultRoom } from './result-room.ts'
import { writeReport } from './write-report.ts'

type ResultContext = DetectionCommandContext & { readonly results: ResultAccess }

const PARTIAL = 4

const COLUMNS: ReadonlyArray<OutputColumn> = [
  { name: 'result', kind: 'text' },
  { name: 'made', kind: 'text' },
  { name: 'data', kind: 'text' },
  { name: 'detector', kind: 'text' },
  { name: 'rows', kind: 'integer' },
  { name: 'anomalies', kind: 'integer' },
  { name: 'threshold', kind: 'number' },
  { name: 'true_alarms', kind: 'integer' },
  { name: 'false_alarms', kind: 'integer' },
]

/** Runs `report RESULT`. */
export async function runReport(choice: string, output: string | undefined, context: ResultContext): Promise<void> {
  await inRoom(context, async (room) => writeReport(await chosenResult(choice, room), output, room, context))
}

/** Runs `results list`. */
export async function listResults({ format, output }: OutputFlags, context: ResultContext): Promise<void> {
  const rows = await inRoom(context, async ({ results, feedback }) => {
    const all = await results.list()
    return Promise.all(
      all.map(async ({ id, createdAt, dataset, algorithm, parameters, rows: total, anomalyCount, threshold }) => {
        const { trueAlarms, falseAlarms } = feedbackCountsOf((await feedback.list(id)).values())
        const made = new Date(createdAt).toISOString()
        const detector = detectorText(algorithm, parameters)
        return [id, made, dataset.name, detector, total, anomalyCount, threshold, trueAlarms, falseAlarms]
      }),
    )
  })
  await context.print({ columns: COLUMNS, rows }, { format, file: output })
  if (rows.length === 0) context.note('there is no result yet; detect --keep keeps one', 'summary')
}

/** Runs `results remove RESULT...`. */
export async function removeResults(
  choices: ReadonlyArray<string>,
  { format, output }: OutputFlags,
  context: ResultContext,
): Promise<void> {
  const rows = await inRoom(context, async (room) => {
    const removed: Array<ReadonlyArray<unknown>> = []
    for (const choice of choices) {
      try {
        const { id } = (await chosenResult(choice, room)).info
        await room.results.remove(id)
        removed.push([id, 1])
      } catch (error) {
        if (choices.length === 1 || !isUnknown(error)) throw error
        removed.push([choice, 0])
        context.note(`there is no result '${choice}'`, 'warning')
        context.exitWith(PARTIAL)
      }
    }
    return removed
  })
  const columns: ReadonlyArray<OutputColumn> = [
    { name: 'result', kind: 'text' },
    { name: 'removed', kind: 'integer' },
  ]
  await context.print({ columns, rows }, { format, file: output })
}

function isUnknown(error: unknown): boolean {
  return AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/unknown-result'
}

async function inRoom<T>({ results }: ResultContext, work: (room: ResultRoom) => Promise<T>): Promise<T> {
  const room = await results.open('kept')
  try {
    return await work(room)
  } finally {
    await room.close()
  }
}
