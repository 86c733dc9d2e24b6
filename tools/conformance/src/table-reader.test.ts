import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { tableReaderContract } from '@nomaly/ai-anomaly-detection/testing'
import type { TableReaderHarness } from '@nomaly/ai-anomaly-detection/testing'
import { createFileTables } from '@nomaly/integration-files'
import { afterEach, describe, it } from 'vitest'

const folders: Array<string> = []

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

const harness =
  (extension: string, encode: (csv: string) => string | Uint8Array) => async (): Promise<TableReaderHarness> => {
    const folder = await mkdtemp(join(tmpdir(), 'nomaly-conformance-'))
    folders.push(folder)
    let files = 0
    return {
      reader: createFileTables(),
      write: async (csv) => {
        const path = join(folder, `${++files}.${extension}`)
        await writeFile(path, encode(csv))
        return path
      },
      isOpen: isOpenHere,
    }
  }

describe('@nomaly/integration-files as TableReader of @nomaly/ai-anomaly-detection', () => {
  describe('plain', () =>
    tableReaderContract(
      it,
      harness('csv', (csv) => csv),
    ))
  describe('gzipped', () =>
    tableReaderContract(
      it,
      harness('csv.gz', (csv) => gzipSync(csv)),
    ))
})

// Linux lists a process's open files; elsewhere this cannot be told.
async function isOpenHere(path: string): Promise<boolean> {
  const descriptors = await readdir('/proc/self/fd').catch(() => [])
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return targets.includes(path)
}
