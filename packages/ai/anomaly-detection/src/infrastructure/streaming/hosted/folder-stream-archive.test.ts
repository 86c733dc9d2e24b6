import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { streamArchiveContract } from '../../../testing/stream-archive-contract.ts'
import { createFolderStreamArchive } from './folder-stream-archive.ts'

let scratch = ''
let made = 0
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'nomaly-archive-'))
})
afterAll(() => rm(scratch, { recursive: true }))

describe('streams in a folder', () => {
  streamArchiveContract(it, () => {
    const folder = join(scratch, `f${++made}`)
    const again = (): Promise<ReturnType<typeof createFolderStreamArchive>> =>
      Promise.resolve(createFolderStreamArchive({ folder }))
    return Promise.resolve({ archive: createFolderStreamArchive({ folder }), again })
  })

  it('forget what was half made or half removed, and say where a file is damaged', async () => {
    const folder = join(scratch, `f${++made}`)
    mkdirSync(join(folder, '.half'), { recursive: true })
    const archive = createFolderStreamArchive({ folder })
    await archive.create({ name: 'a', createdAt: 1, options: {} })
    expect((await archive.list()).map(({ name }) => name)).toEqual(['a'])
    writeFileSync(join(folder, 'a', 'snapshot.json'), '{"kind":"other"}')
    await expect(archive.open('a')).rejects.toMatchObject({ code: 'anomaly-detection/invalid-stream-state' })
    writeFileSync(join(folder, 'a', 'stream.json'), '{"name":7}')
    await expect(archive.list()).rejects.toThrow(/stream\.json: name/)
  })
})
