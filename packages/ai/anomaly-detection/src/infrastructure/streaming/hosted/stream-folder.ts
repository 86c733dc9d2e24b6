import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { parseBySchema } from '../../../application/parse-options.ts'
import type { FoundStream, StreamBook } from '../../../application/ports/stream-archive.ts'
import { openSqliteStreamStateStore, type SqliteStreamStateStore } from '../sqlite-stream-state-store.ts'
import { flushFolder, stateFile } from '../state-file.ts'
import { type JournalFile, openJournalFile } from './journal-file.ts'
import { ResultSegments, type ResultRetention } from './result-segments.ts'
import { stored } from './stored.ts'

const count = z.int().min(0)

// What ties the files together: with the snapshot, which journal goes on from it, and where the results stood.
const schema = z.strictObject({
  kind: z.literal('nomaly-hosted-stream'),
  format: z.literal(1),
  journal: count,
  results: z.strictObject({ last: count, segment: z.int().min(1), bytes: count }),
  snapshot: z.unknown(),
})

type Kept = z.infer<typeof schema>

const BEGINNING: Omit<Kept, 'kind' | 'format'> = {
  journal: 0,
  results: { last: 0, segment: 1, bytes: 0 },
  snapshot: undefined,
}

/**
 * Opens the folder of a stream: `snapshot.json`, `journal-<generation>.log`, `results-<first>.jsonl`, `entities.db`.
 * @throws AnomalyDetectionError `invalid-stream-state`, `storage-failed`
 */
export async function openStreamFolder(folder: string, retention: ResultRetention): Promise<StreamBook> {
  const file = stateFile(join(folder, 'snapshot.json'))
  const found = await file.load()
  const kept =
    found === undefined
      ? BEGINNING
      : parseBySchema(schema, found, 'anomaly-detection/invalid-stream-state', join(folder, 'snapshot.json'))
  await removeLeftOvers(folder, kept.journal)
  const results = await ResultSegments.open(folder, retention, kept.results)
  const { journal, found: entries } = await openJournalFile(journalPath(folder, kept.journal))
  return new StreamFolder(folder, kept.journal, journal, results, { snapshot: kept.snapshot, journal: entries })
}

class StreamFolder implements StreamBook {
  readonly results: ResultSegments
  readonly #folder: string
  #generation: number
  #journal: JournalFile
  #found: FoundStream
  #entities: SqliteStreamStateStore | undefined

  constructor(folder: string, generation: number, journal: JournalFile, results: ResultSegments, found: FoundStream) {
    this.#folder = folder
    this.#generation = generation
    this.#journal = journal
    this.results = results
    this.#found = found
  }

  readonly found: StreamBook['found'] = () => {
    const found = this.#found
    this.#found = { snapshot: undefined, journal: [] }
    return found
  }

  readonly append: StreamBook['append'] = (entries) => this.#journal.append(entries)

  readonly entities: StreamBook['entities'] = () =>
    (this.#entities ??= openSqliteStreamStateStore(join(this.#folder, 'entities.db')))

  // Until the new file is in its place the old one holds, with the old journal; a new journal without it is empty.
  readonly save: StreamBook['save'] = async (snapshot) => {
    await this.results.flush()
    const generation = this.#generation + 1
    const { journal: next } = await openJournalFile(journalPath(this.#folder, generation))
    try {
      const results = this.results.position
      await stateFile(join(this.#folder, 'snapshot.json')).save({
        kind: 'nomaly-hosted-stream',
        format: 1,
        journal: generation,
        results,
        snapshot,
      } satisfies Kept)
    } catch (error) {
      await next.close()
      throw error
    }
    const before = this.#journal
    this.#journal = next
    this.#generation = generation
    await stored(this.#folder, async () => {
      await before.close()
      await rm(journalPath(this.#folder, generation - 1), { force: true })
    })
  }

  readonly close: StreamBook['close'] = async () => {
    this.#entities?.close()
    await this.results.close()
    await this.#journal.close()
  }
}

const journalPath = (folder: string, generation: number): string => join(folder, `journal-${generation}.log`)

// Older journals are in the snapshot; a newer one, and files that begin with a dot, are of a snapshot that was not kept.
async function removeLeftOvers(folder: string, generation: number): Promise<void> {
  await stored(folder, async () => {
    const names = await readdir(folder)
    const others = names.filter(
      (name) => /^(journal-\d+\.log|\..*)$/.test(name) && name !== `journal-${generation}.log`,
    )
    for (const name of others) await rm(join(folder, name))
    await flushFolder(folder)
  })
}
