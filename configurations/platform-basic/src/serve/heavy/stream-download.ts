import { join } from 'node:path'

import { downloadResult, type DownloadRequest } from '@nomaly/ai-anomaly-detection'
import { createFolderFeedbackStore, createFolderResultStore } from '@nomaly/ai-anomaly-detection/node'
import { createFileTables, FilesError, readFolderDatasets, writeParquet } from '@nomaly/integration-files'
import type { JobContext } from '@nomaly/integration-sqlite'

/** A download as it comes to a thread. */
export interface ThreadDownload extends DownloadRequest {
  readonly dataPath: string
}

const PART_BYTES = 2 ** 18

/** On a thread of `nomaly serve`: hands over the bytes of a download, a part when the one before was taken. */
export async function streamDownload(
  { dataPath, ...request }: ThreadDownload,
  { signal, checkpoint }: Pick<JobContext, 'signal' | 'checkpoint'>,
): Promise<void> {
  const folder = join(dataPath, 'results')
  const tables = createFileTables()
  const datasets = readFolderDatasets({ folder: join(dataPath, 'datasets'), tables })
  const deps = {
    results: createFolderResultStore({ folder }),
    feedback: createFolderFeedbackStore({ folder }),
    openDataset: async (id: string) => {
      const info = await datasets.get(id).catch(orUndefined)
      if (info === undefined) return undefined
      return tables.open({ path: await datasets.pathOf(id), format: info.format, brief: true, signal })
    },
    writeParquet,
  }
  for await (const part of await downloadResult(request, deps, signal)) {
    for (let from = 0; from < part.length; from += PART_BYTES) await checkpoint(part.slice(from, from + PART_BYTES))
  }
}

function orUndefined(error: unknown): undefined {
  if (FilesError.is(error) && error.code === 'files/unknown-dataset') return undefined
  throw error
}
