import { type FileHandle, open } from 'node:fs/promises'

import type { JournalEntry, StreamBook } from '../../../application/ports/stream-archive.ts'
import { frameOf, framesIn } from './journal-frame.ts'
import { stored } from './stored.ts'

/** A journal in a file. */
export interface JournalFile {
  readonly append: StreamBook['append']
  readonly close: () => Promise<void>
}

/** Opens a journal, made where there is none, and cuts off an entry that was not written whole. @throws AnomalyDetectionError `invalid-stream-state`, `storage-failed` */
export async function openJournalFile(
  path: string,
): Promise<{ readonly journal: JournalFile; readonly found: ReadonlyArray<JournalEntry> }> {
  const file = await stored(path, () => open(path, 'a+'))
  try {
    const { entries, end } = framesIn(await stored(path, () => file.readFile()), path)
    await stored(path, () => file.truncate(end))
    return { journal: journalIn(path, file), found: entries }
  } catch (error) {
    await file.close()
    throw error
  }
}

function journalIn(path: string, file: FileHandle): JournalFile {
  return {
    append: (entries) =>
      stored(path, async () => {
        await file.appendFile(Buffer.concat(entries.map(frameOf)))
        await file.datasync()
      }),
    close: () => file.close(),
  }
}
