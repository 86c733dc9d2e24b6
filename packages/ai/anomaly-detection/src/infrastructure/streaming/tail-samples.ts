import { open, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import type { SampleBatch } from '../../application/ports/sample-source.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { ReadSamplesOptions } from './read-samples.ts'
import { SampleLines } from './sample-lines.ts'

/** How a file is read and followed. */
export interface TailSamplesOptions extends ReadSamplesOptions {
  /** Whether to wait for more at its end; default false. */
  readonly follow?: boolean | undefined
  /** How often a file that is followed is looked at; default 200. */
  readonly pollMs?: number | undefined
  /** Ends the reading, quietly. */
  readonly signal?: AbortSignal | undefined
}

const CHUNK = 65_536

/**
 * Reads the samples of a file, and of what is added to it. A file that is followed may be cut to its beginning or replaced by
 * another of the same name: what stands in the old one is read to its end first.
 * @throws AnomalyDetectionError `storage-failed` where it cannot be read
 */
export async function* tailSamples(
  path: string,
  { format = 'jsonl', from, follow = false, pollMs = 200, signal }: TailSamplesOptions = {},
): AsyncGenerator<SampleBatch, void, undefined> {
  let file = await opened(path)
  try {
    const isShorter = from !== undefined && (await file.stat()).size < from.bytes
    const lines = new SampleLines(format, isShorter ? undefined : from)
    let at = isShorter ? 0 : (from?.bytes ?? 0)
    const buffer = new Uint8Array(CHUNK)
    while (signal?.aborted !== true) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, at)
      at += bytesRead
      if (bytesRead > 0) {
        yield lines.take(buffer.slice(0, bytesRead))
        continue
      }
      if (!follow) break
      const now = await stat(path).catch(() => undefined) // absent for a moment while it is replaced
      const own = await file.stat()
      const isReplaced = now !== undefined && (now.ino !== own.ino || now.dev !== own.dev)
      if (isReplaced) {
        if (own.size > at) continue // written to the old one after the last look
        yield lines.end()
        await file.close()
        file = await opened(path)
      }
      if (isReplaced || own.size < at) {
        lines.restart()
        at = 0
      } else await sleep(pollMs, undefined, { signal }).catch(() => undefined) // aborted: the loop ends
    }
    if (!follow) yield lines.end()
  } finally {
    await file.close()
  }
}

async function opened(path: string): ReturnType<typeof open> {
  try {
    return await open(path, 'r')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AnomalyDetectionError(
      'anomaly-detection/storage-failed',
      `${path} cannot be read: ${reason}`,
      { path },
      cause,
    )
  }
}
