import { randomUUID } from 'node:crypto'

import type { DownloadRequest } from '@nomaly/ai-anomaly-detection'
import { createJobThreads } from '@nomaly/integration-sqlite'

import type { ThreadDownload } from './stream-download.ts'

/** Downloads of kept results, whose bytes are made on threads as fast as they are taken. */
export interface Downloads {
  /** Resolves once there is something to send. */
  readonly download: (request: DownloadRequest, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>
  readonly close: () => Promise<void>
}

type Reader = ReadableStreamDefaultReader<Uint8Array>

const AT_ONCE = 4
const PATIENCE_MS = 60_000 // that a reader may take over a part: others wait for its thread

/** Nothing starts before the first download. */
export function createDownloads({ dataPath }: { readonly dataPath: string }): Downloads {
  const threads = createJobThreads({ threads: AT_ONCE })
  const onThread = threads.handler(new URL('./worker.js', import.meta.url), 'downloadOnThread')
  return {
    download: async (request, signal) => {
      const ending = new AbortController()
      const both = AbortSignal.any([signal, ending.signal])
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
      const writer = writable.getWriter()
      const job = { id: randomUUID(), type: 'download', attempt: 1, resumeFrom: undefined, signal: both }
      const work: ThreadDownload = { dataPath, ...request }
      const checkpoint = (part: unknown): Promise<void> => within(writer.write(part as Uint8Array)) // of streamDownload
      onThread(work, { ...job, progress: () => undefined, emit: () => undefined, checkpoint }).then(
        () => writer.close().catch(ignore),
        (error: unknown) => writer.abort(error).catch(ignore),
      )
      const reader = readable.getReader()
      const first = await reader.read()
      return partsOf(first, reader, ending)
    },
    close: () => threads.close(),
  }
}

async function* partsOf(
  first: Awaited<ReturnType<Reader['read']>>,
  reader: Reader,
  ending: AbortController,
): AsyncGenerator<Uint8Array> {
  try {
    for (let part = first; !part.done; part = await reader.read()) yield part.value
  } finally {
    ending.abort(new Error('nobody takes it any more'))
    await reader.cancel().catch(ignore)
  }
}

async function within(taken: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the reader has stopped reading')), PATIENCE_MS)
  })
  try {
    await Promise.race([taken, late])
  } finally {
    clearTimeout(timer)
  }
}

// The reader is told by the stream itself.
const ignore = (): void => undefined
