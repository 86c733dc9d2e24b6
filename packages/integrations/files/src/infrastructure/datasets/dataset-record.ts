import { readFile, writeFile } from 'node:fs/promises'

import { z } from 'zod'

import type { DatasetInfo } from '../../domain/datasets/dataset-info.ts'
import { errorAt } from '../../domain/place.ts'

const schema = z.object({
  id: z.string(),
  name: z.string(),
  format: z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet']),
  isGzipped: z.boolean(),
  bytes: z.number(),
  sha256: z.string(),
  rows: z.number(),
  columns: z.array(z.object({ name: z.string(), kind: z.enum(['number', 'text']) })),
  createdAt: z.number(),
}) satisfies z.ZodType<DatasetInfo>

/** Writes what is known of a data set beside it, to the disk itself. */
export async function writeRecord(path: string, info: DatasetInfo): Promise<void> {
  await writeFile(path, `${JSON.stringify(info, null, 2)}\n`, { flush: true })
}

/** @throws FilesError `files/malformed` where somebody has changed the record; what `readFile` rejects with where it is not there */
export async function readRecord(path: string): Promise<DatasetInfo> {
  const text = await readFile(path, 'utf8')
  const parsed = schema.safeParse(jsonOf(text))
  if (!parsed.success) {
    throw errorAt('files/malformed', { path }, 'this is no record of a data set; remove its folder', {}, parsed.error)
  }
  return parsed.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // which is no record either: the caller says so
  }
}
