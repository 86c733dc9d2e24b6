/** Entries of a journal as bytes: a line of JSON that says how many bytes follow and what they come to, then these. */
import { crc32 } from 'node:zlib'

import { z } from 'zod'

import type { JournalEntry } from '../../../application/ports/stream-archive.ts'
import { AnomalyDetectionError } from '../../../domain/errors.ts'

const LINE_FEED = 10
const LONGEST_HEAD = 200 // bytes

const headSchema = z.strictObject({ bytes: z.int().min(0), crc: z.int(), told: z.int().min(0) })

/** An entry as it is written. */
export function frameOf({ lines, told }: JournalEntry): Buffer {
  const body = Buffer.from(lines)
  const head = { bytes: body.length, crc: crc32(body), told }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body])
}

/**
 * Reads what was written.
 * @returns the entries, and the bytes that they take: what stands behind them is an entry that was not written whole
 * @throws AnomalyDetectionError `invalid-stream-state` where an entry is damaged that was: others stand behind it
 */
export function framesIn(bytes: Buffer, path: string): { readonly entries: JournalEntry[]; readonly end: number } {
  const entries: JournalEntry[] = []
  let end = 0
  while (end < bytes.length) {
    const headEnd = bytes.indexOf(LINE_FEED, end)
    const head = headEnd === -1 ? undefined : headOf(bytes.toString('utf8', end, headEnd))
    if (head === undefined) {
      if (bytes.length - end > LONGEST_HEAD && headEnd !== -1) throw damaged(path, end)
      break
    }
    const next = headEnd + 1 + head.bytes
    const body = bytes.subarray(headEnd + 1, next)
    if (body.length < head.bytes || crc32(body) !== head.crc) {
      if (next < bytes.length) throw damaged(path, end)
      break
    }
    entries.push({ lines: body.toString('utf8'), told: head.told })
    end = next
  }
  return { entries, end }
}

function headOf(text: string): z.infer<typeof headSchema> | undefined {
  try {
    return headSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined // it was not written whole
  }
}

function damaged(path: string, at: number): AnomalyDetectionError {
  const message = `${path} is damaged at byte ${at}, and there is more behind it: the disk or somebody else has changed it`
  return new AnomalyDetectionError('anomaly-detection/invalid-stream-state', message, { path, at })
}
