import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import type { ResultRoom } from '@nomaly/ai-anomaly-detection/cli'
import { createFolderFeedbackStore, createFolderResultStore } from '@nomaly/ai-anomaly-detection/node'
import {
  createFileTables,
  type DatasetInfo,
  type FileTablesOptions,
  openFolderDatasetStore,
  readFolderDatasets,
} from '@nomaly/integration-files'

import type { NomalyIo } from '../io.ts'
import { readBytes } from '../mlops/bytes.ts'
import { nomalyVersion } from '../version.ts'

/** What a room of results is opened with. */
export interface OpenResultRoomOptions {
  /** The data folder; undefined: a room that is gone once it is closed. */
  readonly dataPath: string | undefined
  readonly tables: FileTablesOptions & { readonly stdin: NomalyIo['stdin'] }
  readonly signal: AbortSignal
}

/** Opens the results and data sets of a data folder, which `nomaly serve` may be using at the same time. */
export async function openResultRoom({
  dataPath,
  tables: reading,
  signal,
}: OpenResultRoomOptions): Promise<ResultRoom> {
  const place = dataPath ?? (await mkdtemp(join(tmpdir(), 'nomaly-report-')))
  const folder = join(place, 'datasets')
  const tables = createFileTables(reading)
  const datasets = readFolderDatasets({ folder, tables })
  const results = { folder: join(place, 'results'), version: nomalyVersion() }
  return {
    results: createFolderResultStore(results),
    feedback: createFolderFeedbackStore(results),
    addData: async ({ path, format }) => {
      const deps = { folder, tables, now: Date.now, newId: randomUUID, isShared: true }
      const store = await openFolderDatasetStore(deps)
      const name = path === '-' ? path : basename(path)
      const added = await store.add({ name, format, content: readBytes(path, reading.stdin), signal })
      const before = (await store.list()).find((one) => isCopy(one, added))
      if (before !== undefined) await store.remove(added.id)
      const { id, sha256, format: known, name: shown } = before ?? added
      const source = { path: await store.pathOf(id), format: known }
      return {
        id,
        name: shown,
        sha256,
        source,
        discard: async () => (before === undefined ? store.remove(id) : undefined),
      }
    },
    openData: (id, columns) => datasets.open(id, columns, signal),
    newId: randomUUID,
    now: Date.now,
    close: async () => {
      if (dataPath === undefined) await rm(place, { recursive: true, force: true })
    },
  }
}

function isCopy(one: DatasetInfo, of: DatasetInfo): boolean {
  return one.id !== of.id && one.sha256 === of.sha256 && one.name === of.name && one.format === of.format
}
