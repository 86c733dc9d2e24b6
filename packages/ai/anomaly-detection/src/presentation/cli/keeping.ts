import type { TableDataset } from '../../application/read-dataset.ts'
import { keepDetection } from '../../application/results/keep-detection.ts'
import { keepSeries } from '../../application/results/keep-series.ts'
import type { TimeSeriesTable } from '../../application/time-series/read-time-series.ts'
import type { ResultInfo, ResultOptions } from '../../domain/results/result-info.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DetectFlags } from './command-flags.ts'
import type { Detected } from './detection-work.ts'
import type { FoundInSeries } from './found-in-series.ts'
import type { KeptData, ResultRoom } from './result-room.ts'

/**
 * Keeps what a run of `detect` finds, where that is asked for, and writes the report. With the result a copy of the data is
 * kept: the rows that are shown, downloaded and explained later are those that were searched, whatever becomes of the file.
 * For a report alone both go to a room that is gone afterwards.
 */
export interface Keeping {
  /** The copy, which is to be searched. */
  readonly source: KeptData['source']
  readonly keepTable: (detected: Detected, read: TableDataset, options: ResultOptions) => Promise<void>
  readonly keepSeries: (
    found: ReadonlyArray<FoundInSeries>,
    table: TimeSeriesTable,
    options: ResultOptions,
  ) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Detects, with a `Keeping` where something is to be kept.
 * @throws what the file is refused with, before anything is detected
 */
export async function whileKeeping(
  path: string,
  flags: DetectFlags,
  context: DetectionCommandContext,
  detect: (keeping: Keeping | undefined) => Promise<void>,
): Promise<void> {
  const keeping = await beginKeeping(path, flags, context)
  try {
    await detect(keeping)
  } finally {
    await keeping?.close()
  }
}

async function beginKeeping(
  path: string,
  flags: DetectFlags,
  context: DetectionCommandContext,
): Promise<Keeping | undefined> {
  const { results, signal } = context
  if (results === undefined || (flags.keep !== true && flags.report === undefined)) return undefined
  const room = await results.open(flags.keep === true ? 'kept' : 'passing')
  try {
    context.progress(`keeping ${path === '-' ? 'the standard input' : path}`)
    const data = await room.addData({ path, format: flags.inputFormat, signal })
    return keepingIn(room, data, flags, { ...context, results })
  } catch (error) {
    await room.close()
    throw error
  } finally {
    context.progress(undefined)
  }
}

function keepingIn(
  room: ResultRoom,
  { id: dataset, name, sha256, source, discard }: KeptData,
  flags: DetectFlags,
  context: Required<Pick<DetectionCommandContext, 'results'>> & DetectionCommandContext,
): Keeping {
  const start = room.now()
  let isKept = false
  const about = () => ({ dataset: { id: dataset, name, sha256 }, createdAt: start, durationMs: room.now() - start })
  const finish = async ({ id }: ResultInfo): Promise<void> => {
    isKept = true
    if (flags.report !== undefined) {
      const { writeReport } = await import('./write-report.ts')
      await writeReport(await room.results.open(id), flags.report, room, context)
    }
    if (flags.keep === true) context.note(`kept as ${id}, with a copy of the data`, 'asked')
  }
  return {
    source,
    keepTable: async (
      { algorithm, parameters, scores, threshold, dataset: searched },
      { used, sourceRows },
      options,
    ) => {
      const { labels: _, ...told } = parameters // those of stack, one a row
      const info = await keepDetection(room.results, {
        id: room.newId(),
        result: { algorithm, parameters: told, scores, threshold },
        sourceRows: searched.sourceRows,
        rows: sourceRows,
        about: { ...about(), options, columns: used },
      })
      await finish(info)
    },
    keepSeries: async (found, table, options) => {
      const bySeries = new Map(found.map((one) => [one.series, one]))
      const info = await keepSeries(room.results, {
        id: room.newId(),
        table,
        columns: { time: flags.time ?? '', key: flags.key },
        options: { parameters: flags.param },
        about: { ...about(), options },
        now: room.now,
        found: (series) => bySeries.get(series),
      })
      await finish(info)
    },
    close: async () => {
      if (!isKept) await discard()
      await room.close()
    },
  }
}
