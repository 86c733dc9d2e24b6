import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { parseBySchema } from '../../../application/parse-options.ts'
import type { StreamArchive, StreamRecord } from '../../../application/ports/stream-archive.ts'
import { streamExists } from '../../../application/streaming/hosted/hosted-streams.ts'
import { flushFolder, stateFile } from '../state-file.ts'
import type { ResultRetention } from './result-segments.ts'
import { stored } from './stored.ts'
import { openStreamFolder } from './stream-folder.ts'

/** Where streams are kept, and how many of their results. */
export interface FolderStreamArchiveOptions {
  /** Made where it is not there. */
  readonly folder: string
  /** For each stream; default 100,000 results and 67,108,864 bytes, whichever is less. */
  readonly retention?: ResultRetention | undefined
}

const RETENTION: ResultRetention = { results: 100_000, bytes: 2 ** 26 }

const schema: z.ZodType<StreamRecord> = z.strictObject({
  name: z.string(),
  createdAt: z.number(),
  options: z.unknown(),
})

/** Keeps each stream in a folder of its own, under its name. Used by one process at a time. */
export function createFolderStreamArchive({
  folder,
  retention = RETENTION,
}: FolderStreamArchiveOptions): StreamArchive {
  const besides = (): string => join(folder, `.${randomUUID()}`)
  return {
    list: () =>
      stored(folder, async () => {
        await mkdir(folder, { recursive: true })
        const records: StreamRecord[] = []
        for (const name of (await readdir(folder)).sort()) {
          if (name.startsWith('.')) await rm(join(folder, name), { recursive: true, force: true }) // half made, half removed
          else records.push(await recordIn(join(folder, name)))
        }
        return records
      }),
    create: (record) =>
      stored(folder, async () => {
        const made = besides()
        await mkdir(made, { recursive: true })
        try {
          await stateFile(join(made, 'stream.json')).save(record)
          await rename(made, join(folder, record.name)).catch(unlessTaken(record.name))
        } finally {
          await rm(made, { recursive: true, force: true })
        }
        await flushFolder(folder)
      }),
    open: (name) => openStreamFolder(join(folder, name), retention),
    remove: (name) =>
      stored(folder, async () => {
        const gone = besides()
        await rename(join(folder, name), gone)
        await flushFolder(folder)
        await rm(gone, { recursive: true })
      }),
  }
}

async function recordIn(folder: string): Promise<StreamRecord> {
  const path = join(folder, 'stream.json')
  return parseBySchema(schema, await stateFile(path).load(), 'anomaly-detection/invalid-stream-state', path)
}

function unlessTaken(name: string): (error: unknown) => never {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw code === 'ENOTEMPTY' || code === 'EEXIST' ? streamExists(name) : error
  }
}
