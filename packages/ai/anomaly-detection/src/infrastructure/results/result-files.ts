import { open } from 'node:fs/promises'
import { join } from 'node:path'

import type { KeptNumbers, RowColumn } from '../../application/ports/result-store.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'

/** The file of what is known of a result, which is written last. */
export const INFO = 'result.json'
/** The file of its fitted detector. */
export const FITTED = 'fitted.json'
/** The file of what people say of its rows. */
export const FEEDBACK = 'feedback.jsonl'

/** The columns of which each is a file of numbers, as the machine has them in memory: little-endian. */
export const COLUMNS: Readonly<Record<RowColumn | 'order', { readonly file: string; readonly bytes: 4 | 8 }>> = {
  score: { file: 'scores.f64', bytes: 8 },
  order: { file: 'order.u32', bytes: 4 },
  time: { file: 'time.f64', bytes: 8 },
  value: { file: 'value.f64', bytes: 8 },
  expected: { file: 'expected.f64', bytes: 8 },
  lower: { file: 'lower.f64', bytes: 8 },
  upper: { file: 'upper.f64', bytes: 8 },
  entity: { file: 'entity.u32', bytes: 4 },
}

const ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/
const NEAR = 512 // rows that are read over rather than to read twice

/** The folder of a result. @throws AnomalyDetectionError `unknown-result` for what can be none's id */
export function folderOf(folder: string, id: string): string {
  if (!ID.test(id)) throw unknownResult(id)
  return join(folder, id)
}

/** Whether a name in the folder may be a result's. */
export const isResultId = (name: string): boolean => ID.test(name)

/** Numbers of a column of a result. */
export async function readColumn(
  folder: string,
  column: RowColumn | 'order',
  spans: Iterable<{ readonly start: number; readonly count: number }>,
): Promise<ReadonlyArray<KeptNumbers>> {
  const { file, bytes } = COLUMNS[column]
  const handle = await open(join(folder, file))
  try {
    const found: KeptNumbers[] = []
    for (const { start, count } of spans) {
      const buffer = new ArrayBuffer(count * bytes)
      let filled = 0
      while (filled < buffer.byteLength) {
        const at = { buffer: new Uint8Array(buffer), offset: filled, position: start * bytes + filled }
        const { bytesRead } = await handle.read({ ...at, length: buffer.byteLength - filled })
        if (bytesRead === 0) break
        filled += bytesRead
      }
      const whole = Math.floor(filled / bytes)
      found.push(bytes === 8 ? new Float64Array(buffer, 0, whole) : new Uint32Array(buffer, 0, whole))
    }
    return found
  } finally {
    await handle.close()
  }
}

/** The numbers of some rows, in their order; near ones are read at once. */
export async function pickFrom(
  folder: string,
  column: RowColumn | 'order',
  rows: ArrayLike<number>,
): Promise<Float64Array> {
  const sorted = Array.from(rows).sort((a, b) => a - b)
  const spans: Array<{ readonly start: number; count: number }> = []
  for (const row of sorted) {
    const last = spans.at(-1)
    if (last !== undefined && row - (last.start + last.count) < NEAR) last.count = row - last.start + 1
    else spans.push({ start: row, count: 1 })
  }
  const read = await readColumn(folder, column, spans)
  const starts = spans.map(({ start }) => start)
  return Float64Array.from(rows, (row) => {
    const at = spanOf(starts, row)
    return read[at]?.[row - (starts[at] ?? 0)] ?? Number.NaN
  })
}

// The last span that does not begin after the row.
function spanOf(starts: ReadonlyArray<number>, row: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= row) low = middle
    else high = middle - 1
  }
  return low
}

/** There is no such result. */
export function unknownResult(id: string, cause?: unknown): AnomalyDetectionError {
  const message = `there is no result ${JSON.stringify(id.slice(0, 64))}`
  return new AnomalyDetectionError('anomaly-detection/unknown-result', message, { id: id.slice(0, 64) }, cause)
}

/** What the disk refused. */
export function storageFailed(what: string, cause: unknown): AnomalyDetectionError {
  const code = codeOf(cause) ?? String(cause)
  const reason = code === 'ENOSPC' ? 'the disk is full' : code
  const message = `${what} cannot be kept or read (${reason})`
  return new AnomalyDetectionError('anomaly-detection/storage-failed', message, {}, cause)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

/** Whether the error says that there is no such file. */
export const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')
