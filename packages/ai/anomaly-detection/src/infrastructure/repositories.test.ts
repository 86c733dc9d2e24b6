import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, describe, expect, it } from 'vitest'

import { eventPublisherContract } from '../testing/event-publisher-contract.ts'
import { modelRepositoryContract } from '../testing/model-repository-contract.ts'
import { createFileModelRepository } from './file-model-repository.ts'
import { createMemoryEventPublisher } from './memory-event-publisher.ts'
import { createMemoryModelRepository } from './memory-model-repository.ts'

const folders: string[] = []
async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nomaly-models-'))
  folders.push(folder)
  return folder
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

describe('the memory model repository', () => modelRepositoryContract(it, async () => createMemoryModelRepository()))

describe('the memory event publisher', () => {
  eventPublisherContract(it, async () => {
    const publisher = createMemoryEventPublisher()
    return { publisher, arrived: async () => publisher.published() }
  })
})

describe('the file model repository', () => {
  modelRepositoryContract(it, async () => createFileModelRepository({ directory: join(await emptyFolder(), 'models') }))

  const model = {
    id: 'id',
    name: 'pump',
    algorithm: 'ecod',
    parameters: {},
    features: ['a'],
    encodings: [],
    threshold: 1,
    seed: 0,
    createdAt: 0,
    metrics: {},
    state: { rows: 1, sorted: Float64Array.of(1) },
  }

  async function saved(): Promise<{
    models: ReturnType<typeof createFileModelRepository>
    file: string
    text: string
  }> {
    const directory = await emptyFolder()
    const models = createFileModelRepository({ directory })
    await models.save(model)
    const file = join(directory, 'pump', '1.json')
    return { models, file, text: await readFile(file, 'utf8') }
  }

  it('writes the oldest format that holds a model, and reads each', async () => {
    const { models, text, file } = await saved()
    const normalization = { method: 'z-score', center: [0.1], scale: [1 / 3] } as const
    await models.save({ ...model, normalization })
    expect(text).toContain('"formatVersion":1')
    expect(await readFile(join(file, '..', '2.json'), 'utf8')).toContain('"formatVersion":2')
    expect((await models.find('pump', 1))?.normalization).toBeUndefined()
    expect((await models.find('pump', 2))?.normalization).toEqual(normalization)
    await models.save({ ...model, normalization: { ...normalization, center: [] } })
    await expect(models.find('pump', 3)).rejects.toThrow(/the normalization does not fit the features/)
  })

  it('leaves nothing but whole files behind', async () => {
    const { file } = await saved()
    expect(await readdir(join(file, '..'))).toEqual(['1.json'])
  })

  it('never reads a file that is still being written', async () => {
    const { models, file } = await saved()
    await writeFile(join(file, '..', '.half.tmp'), '{"head":')
    expect((await models.list()).map(({ version }) => version)).toEqual([1])
    expect((await models.find('pump'))?.version).toBe(1)
  })

  it.each([
    ['cut short', (text: string) => text.slice(0, -20), 'corrupt-model', /cut short or not JSON/],
    [
      'edited',
      (text: string) => text.replace('"threshold":1', '"threshold":2'),
      'corrupt-model',
      /does not match its checksum/,
    ],
    [
      'of a later format',
      (text: string) => text.replace('"formatVersion":1', '"formatVersion":9'),
      'unsupported-model-format',
      /model format 9; this release reads formats 1 and 2/,
    ],
    ['something else', () => '{"a":1}', 'corrupt-model', /not a model file/],
  ])('refuses a file that is %s, and names it', async (_, edit, code, message) => {
    const { models, file, text } = await saved()
    await writeFile(file, edit(text))
    for (const start of [() => models.find('pump'), () => models.list()]) {
      const read = start()
      await expect(read).rejects.toMatchObject({
        code: `anomaly-detection/${code}`,
        message: expect.stringContaining(file),
      })
      await expect(read).rejects.toThrow(message)
    }
  })

  it('answers a version that it knows without reading it again, unless the file has changed', async () => {
    const { models, file, text } = await saved()
    const known = await models.find('pump')
    expect(await models.find('pump', 1)).toBe(known)
    await writeFile(file, text.replace('"seed"', ' "seed"'))
    const again = await models.find('pump')
    expect(again).not.toBe(known)
    expect(again).toEqual(known)
    await models.remove('pump')
    expect(await models.find('pump', 1)).toBeUndefined()
  })

  it('says so where the folder is none', async () => {
    const file = join(await emptyFolder(), 'file')
    await writeFile(file, '')
    const models = createFileModelRepository({ directory: file })
    await expect(models.save(model)).rejects.toMatchObject({ code: 'anomaly-detection/storage-failed' })
    await expect(models.list()).rejects.toMatchObject({ code: 'anomaly-detection/storage-failed' })
  })
})
