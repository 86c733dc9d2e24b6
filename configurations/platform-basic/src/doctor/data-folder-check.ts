import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { PartReport } from './part-report.ts'

/** Whether models can be kept in a folder, or it can be made when the first is. */
export async function dataFolderCheck(folder: string): Promise<PartReport> {
  const part = 'data folder'
  const mend = 'give a writable folder: --data FOLDER or NOMALY_DATA'
  const there = await nearestThere(folder)
  const isFolder = (await stat(there)).isDirectory()
  if (!isFolder) return { part, state: 'failed', detail: `${there} is no folder`, mend }
  try {
    await access(there, constants.W_OK | constants.X_OK)
  } catch {
    return { part, state: 'failed', detail: `${there} is not writable`, mend }
  }
  return { part, state: 'on', detail: there === folder ? folder : `${folder} (made when first needed)` }
}

async function nearestThere(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  return isThere || dirname(path) === path ? path : nearestThere(dirname(path))
}
