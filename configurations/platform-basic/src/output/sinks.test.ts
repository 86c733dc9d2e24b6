import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openFile, openStream } from './sinks.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nomaly-sinks-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('openFile', () => {
  it('leaves what was there until all is written, and keeps its permissions', async () => {
    const path = join(folder, 'out')
    writeFileSync(path, 'old')
    chmodSync(path, 0o640)
    const sink = await openFile(path)
    await sink.write('new ')
    await sink.write('text')
    expect(readFileSync(path, 'utf8')).toBe('old')
    await sink.close()

    expect(readFileSync(path, 'utf8')).toBe('new text')
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('leaves nothing behind when it is abandoned', async () => {
    const sink = await openFile(join(folder, 'out'))
    await sink.write('half')
    await sink.abandon()

    expect(readdirSync(folder)).toEqual([])
  })

  it('writes where a link leads', async () => {
    const [path, link] = [join(folder, 'out'), join(folder, 'link')]
    writeFileSync(path, 'old')
    symlinkSync(path, link)
    const sink = await openFile(link)
    await sink.write('new')
    await sink.close()

    expect(readFileSync(path, 'utf8')).toBe('new')
  })

  it('says which file cannot be written', async () => {
    await expect(openFile(join(folder, 'none/out'))).rejects.toMatchObject({ code: 'nomaly/unwritable-output' })
  })
})

describe('openStream', () => {
  const failingWith = (code: string): ReturnType<typeof openStream> =>
    openStream({
      on: () => undefined,
      off: () => undefined,
      write: (_, callback) => {
        callback?.(Object.assign(new Error(code), { code }))
        return false
      },
    })

  it.each([
    ['EPIPE', 'nomaly/output-closed'],
    ['ENOSPC', 'nomaly/unwritable-output'],
  ])('tells %s as %s', async (code, told) => {
    await expect(failingWith(code).write('x')).rejects.toMatchObject({ code: told })
  })
})
