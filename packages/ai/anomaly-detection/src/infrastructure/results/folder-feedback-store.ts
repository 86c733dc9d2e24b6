import { open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import type { FeedbackStore } from '../../application/ports/feedback-store.ts'
import type { Feedback } from '../../domain/results/feedback.ts'
import type { FolderResultStoreOptions } from './folder-result-store.ts'
import { FEEDBACK, folderOf, INFO, isAbsent, storageFailed, unknownResult } from './result-files.ts'

const lineSchema = z.union([
  z.object({
    row: z.number(),
    verdict: z.enum(['true_alarm', 'false_alarm']),
    note: z.string().optional(),
    at: z.number(),
  }),
  z.object({ row: z.number(), verdict: z.null() }),
])

const MOST_KNOWN = 16
const SPARE_LINES = 1000

interface Log {
  readonly feedback: ReadonlyMap<number, Feedback>
  readonly lines: number
  /** Bytes of whole lines: what a crash cut short after them is written over. */
  readonly bytes: number
}

/**
 * Keeps feedback beside each result, a line of JSON for each thing said, `feedback.jsonl`: a line is written to the disk before it
 * counts. Once lines that no longer count are many, the file is written anew and put in its place in one step.
 */
export function createFolderFeedbackStore({ folder }: FolderResultStoreOptions): FeedbackStore {
  const busy = new Map<string, Promise<unknown>>() // changes of a result go one after the other
  const known = new Map<string, Log & { readonly size: number; readonly changedMs: number }>()

  const read = async (result: string): Promise<Log> => {
    const path = join(folderOf(folder, result), FEEDBACK)
    const found = await stat(path).catch(orUndefined(result))
    if (found === undefined) {
      await stat(join(folderOf(folder, result), INFO)).catch((error: unknown) => {
        throw isAbsent(error) ? unknownResult(result, error) : storageFailed(`feedback on ${result}`, error)
      })
      return { feedback: new Map(), lines: 0, bytes: 0 }
    }
    const before = known.get(result)
    if (before !== undefined && before.size === found.size && before.changedMs === found.mtimeMs) return before
    const log = logOf(await readFile(path))
    known.delete(result)
    known.set(result, { ...log, size: found.size, changedMs: found.mtimeMs })
    const oldest = known.keys().next().value
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
    return log
  }

  const append = async (result: string, line: z.infer<typeof lineSchema>): Promise<boolean> => {
    const { feedback, lines, bytes } = await read(result)
    const had = feedback.has(line.row)
    if (line.verdict === null && !had) return false
    const path = join(folderOf(folder, result), FEEDBACK)
    try {
      if (lines > 2 * feedback.size + SPARE_LINES) await writeAnew(path, withLine(feedback, line))
      else await appendLine(path, bytes, line)
    } catch (error) {
      throw isAbsent(error) ? unknownResult(result, error) : storageFailed(`feedback on ${result}`, error)
    } finally {
      known.delete(result)
    }
    return had
  }

  const inTurn = async <T>(result: string, work: () => Promise<T>): Promise<T> => {
    const turn = (busy.get(result) ?? Promise.resolve()).then(work, work)
    busy.set(result, turn)
    try {
      return await turn
    } finally {
      if (busy.get(result) === turn) busy.delete(result)
    }
  }

  return {
    list: async (result) => (await read(result)).feedback,
    put: (result, { row, verdict, note, at }) =>
      inTurn(result, async () => {
        await append(result, { row, verdict, ...(note !== undefined && { note }), at })
      }),
    remove: (result, row) => inTurn(result, () => append(result, { row, verdict: null })),
  }
}

function orUndefined(result: string): (error: unknown) => undefined {
  return (error) => {
    if (!isAbsent(error)) throw storageFailed(`feedback on ${result}`, error)
  }
}

function logOf(content: Buffer): Log {
  const bytes = content.lastIndexOf(0x0a) + 1
  const texts = content.subarray(0, bytes).toString('utf8').split('\n').slice(0, -1)
  const feedback = new Map<number, Feedback>()
  for (const text of texts) {
    const line = lineSchema.parse(JSON.parse(text))
    if (line.verdict === null) feedback.delete(line.row)
    else feedback.set(line.row, line)
  }
  return { feedback: byRow(feedback), lines: texts.length, bytes }
}

const byRow = (feedback: Iterable<[number, Feedback]>): Map<number, Feedback> =>
  new Map([...feedback].sort(([a], [b]) => a - b))

function withLine(feedback: ReadonlyMap<number, Feedback>, line: z.infer<typeof lineSchema>): Iterable<Feedback> {
  const all = new Map(feedback)
  if (line.verdict === null) all.delete(line.row)
  else all.set(line.row, line)
  return all.values()
}

async function appendLine(path: string, position: number, line: z.infer<typeof lineSchema>): Promise<void> {
  const file = await open(path, position === 0 ? 'w' : 'r+')
  try {
    await file.truncate(position)
    await file.write(`${JSON.stringify(line)}\n`, position)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function writeAnew(path: string, feedback: Iterable<Feedback>): Promise<void> {
  const lines = Array.from(feedback, (one) => `${JSON.stringify(one)}\n`)
  await writeFile(`${path}.new`, lines.join(''), { flush: true })
  await rename(`${path}.new`, path)
}
