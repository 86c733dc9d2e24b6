import { type FileHandle, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { ResultDraft, ResultPart, ResultWriter, RowColumn } from '../../application/ports/result-store.ts'
import type { Model } from '../../domain/model.ts'
import { countAbove } from '../../domain/ranked-rows.ts'
import { descendingOrder } from '../../domain/results/descending-order.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'
import { modelFileOf } from '../model-file.ts'
import { COLUMNS, FITTED, INFO, isAbsent, storageFailed } from './result-files.ts'

/** The most characters of a fitted detector that is kept with a result. */
const MOST_FITTED = 2 ** 24

/** Where a result is written, and where it goes. */
export interface ResultPlace {
  readonly id: string
  /** Nobody looks here. */
  readonly incoming: string
  readonly target: string
  /** Reads the result that is at the target. */
  readonly kept: () => Promise<ResultInfo>
}

/** Writes a result, its columns row by row and what is known of it last; then it is moved to where it is seen. */
export async function writeResult(place: ResultPlace, resumeAt: number): Promise<ResultWriter> {
  const { id, incoming } = place
  const failed = (cause: unknown): never => {
    throw storageFailed(`result ${id}`, cause)
  }
  const start = resumeAt > 0 && (await hasRows(incoming, resumeAt)) ? resumeAt : 0
  if (start === 0) await rm(incoming, { recursive: true, force: true }).catch(failed)
  await mkdir(incoming, { recursive: true }).catch(failed)
  const files = new Map<RowColumn, FileHandle>()
  let rows = start
  const close = async (): Promise<void> => {
    const opened = [...files.values()]
    files.clear()
    for (const file of opened) await file.close()
  }
  const sync = async (): Promise<void> => {
    for (const file of files.values()) await file.sync()
  }
  return {
    rows: start,
    append: async (part) => {
      await appendPart(incoming, files, part, rows).catch(failed)
      rows += part.score.length
    },
    sync: () => sync().catch(failed),
    finish: async (draft, fitted) => {
      try {
        await sync()
        await close()
        const info = { id, ...draft, ...(await orderRows(incoming, rows, draft)) }
        if (fitted !== undefined) await keepFitted(incoming, fitted)
        await writeFile(join(incoming, INFO), `${JSON.stringify(info, null, 2)}\n`, { flush: true })
        return await moveIntoPlace(place, info)
      } catch (cause) {
        return failed(cause)
      }
    },
    leave: close,
    abandon: async () => {
      await close()
      await rm(incoming, { recursive: true, force: true })
    },
  }
}

async function hasRows(incoming: string, rows: number): Promise<boolean> {
  try {
    const { file, bytes } = COLUMNS.score
    return (await stat(join(incoming, file))).size >= rows * bytes
  } catch (error) {
    if (isAbsent(error)) return false
    throw storageFailed(incoming, error)
  }
}

// At its own place in each file: what a writer before has written there beyond its last sync is written again.
async function appendPart(
  incoming: string,
  files: Map<RowColumn, FileHandle>,
  part: ResultPart,
  from: number,
): Promise<void> {
  for (const [name, values] of Object.entries(part)) {
    const column = name as RowColumn // the keys of a part
    if (values === undefined) continue
    const { file, bytes } = COLUMNS[column]
    const handle = files.get(column) ?? (await open(join(incoming, file), from === 0 ? 'w' : 'r+'))
    files.set(column, handle)
    let data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    for (let position = from * bytes; data.length > 0;) {
      const { bytesWritten } = await handle.write(data, 0, data.length, position)
      position += bytesWritten
      data = data.subarray(bytesWritten)
    }
  }
}

async function orderRows(
  incoming: string,
  rows: number,
  { threshold, series }: ResultDraft,
): Promise<Pick<ResultInfo, 'rows' | 'anomalyCount' | 'scores'>> {
  const bytes = await readFile(join(incoming, COLUMNS.score.file))
  const scores = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + rows * 8))
  const order = descendingOrder(scores)
  await writeFile(join(incoming, COLUMNS.order.file), new Uint8Array(order.buffer), { flush: true })
  const ofSeries = series?.entities.reduce((sum, { anomalies }) => sum + anomalies, 0) ?? 0
  let [least, most] = [Infinity, -Infinity]
  for (const score of scores) {
    if (score < least) least = score
    if (score > most) most = score
  }
  return {
    rows,
    anomalyCount: threshold === null ? ofSeries : countAbove(scores, threshold),
    scores: least <= most ? { least, most } : { least: 0, most: 0 },
  }
}

async function keepFitted(incoming: string, fitted: Model): Promise<void> {
  const text = modelFileOf(fitted)
  if (text.length <= MOST_FITTED) await writeFile(join(incoming, FITTED), text, { flush: true })
}

// A second writer of the same id, such as the retry of a job, finds its result there already.
async function moveIntoPlace({ incoming, target, kept }: ResultPlace, info: ResultInfo): Promise<ResultInfo> {
  try {
    await rename(incoming, target)
    return info
  } catch (error) {
    const there = await kept().catch(() => undefined) // then it is the move that is told of
    if (there === undefined) throw error
    await rm(incoming, { recursive: true, force: true })
    return there
  }
}
