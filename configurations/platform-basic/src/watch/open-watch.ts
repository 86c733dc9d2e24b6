import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openSqliteStreamStateStore, stateFile, tailSamples } from '@nomaly/ai-anomaly-detection/node'
import { readSamples, type SampleSourceReader, type StreamStateStore } from '@nomaly/ai-anomaly-detection/streaming'

import type { NomalyIo } from '../io.ts'

export { stateFile }

const PUTS_IN_MARK = 1000

/** Reads samples from the standard input or from files that may grow. */
export function sampleReader({ stdin }: NomalyIo): SampleSourceReader {
  return {
    read: ({ path, format, from, follow }, signal) =>
      path === '-' ? readSamples(stdin, { format }) : tailSamples(path, { format, from, follow, signal }),
  }
}

/** The models of idle entities: in a file beside the state, or in one that goes with the process. */
export function openEntities(statePath: string | undefined): StreamStateStore & { readonly close: () => void } {
  if (statePath !== undefined) return openSqliteStreamStateStore(`${statePath}.entities`)
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-watch-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove) // also where a second interrupt ends it at once
  const store = openSqliteStreamStateStore(join(folder, 'entities.db'))
  let puts = 0
  return {
    ...store,
    put: (key, state) => {
      store.put(key, state)
      if (++puts % PUTS_IN_MARK === 0) store.mark() // nobody goes back to it; unmarked, the file would grow for ever
    },
    close: () => {
      store.close()
      process.off('exit', remove)
      remove()
    },
  }
}
