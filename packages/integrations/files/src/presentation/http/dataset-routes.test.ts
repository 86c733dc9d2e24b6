import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { DatasetInfo } from '../../domain/datasets/dataset-info.ts'
import { openFolderDatasetStore } from '../../infrastructure/datasets/folder-dataset-store.ts'
import { createFileTables } from '../../infrastructure/file-tables.ts'
import { createDatasetRoutes } from './dataset-routes.ts'

let folder = ''
let routes: ReturnType<typeof createDatasetRoutes>
const added: DatasetInfo[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nomaly-dataset-routes-'))
  let ids = 0
  const tables = createFileTables()
  const store = await openFolderDatasetStore({
    folder,
    tables,
    now: () => ids,
    newId: () => `d-${++ids}`,
    mostBytes: 10_000,
  })
  routes = createDatasetRoutes({ store, onAdded: (info) => Promise.resolve(void added.push(info)) })
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const upload = (query: string, body: string | Uint8Array<ArrayBuffer> | null): Promise<Response> =>
  Promise.resolve(routes.request(`/datasets?${query}`, { method: 'POST', body }))

const datasetOf = async (answer: Response): Promise<DatasetInfo> => (await answer.json()) as DatasetInfo // as described

describe('the routes of data sets', () => {
  it('take a file, list it, show its rows, and remove it', async () => {
    const answer = await upload('name=pumps.csv.gz', gzipSync('pump,pressure\nnorth,4.1\nsouth,NA\neast,inf\n'))
    expect(answer.status).toBe(201)
    const info = await datasetOf(answer)
    expect(answer.headers.get('location')).toBe(`/datasets/${info.id}`)
    expect(info).toMatchObject({ name: 'pumps.csv.gz', rows: 3, isGzipped: true })
    expect(added.at(-1)).toEqual(info)
    expect(await (await routes.request('/datasets')).json()).toEqual({ items: [info], next: null })
    expect(await (await routes.request(`/datasets/${info.id}`)).json()).toEqual(info)
    const rows = await routes.request(`/datasets/${info.id}/rows?offset=1&limit=5`)
    expect(await rows.json()).toEqual({
      offset: 1,
      rows: [
        { pump: 'south', pressure: null },
        { pump: 'east', pressure: 'Infinity' },
      ],
    })
    expect((await routes.request(`/datasets/${info.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await routes.request(`/datasets/${info.id}`)).status).toBe(404)
  })

  it('list page by page', async () => {
    for (const name of ['1.csv', '2.csv', '3.csv']) await upload(`name=${name}`, 'a\n1\n')
    const names: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const answer: Response = await routes.request(`/datasets?limit=2${after === '' ? '' : `&after=${after}`}`)
      const page = (await answer.json()) as { items: DatasetInfo[]; next: string | null } // as described
      names.push(...page.items.map(({ name }) => name))
      after = page.next
    }
    expect(names).toEqual(['3.csv', '2.csv', '1.csv'])
  })

  it.each([
    ['name=', 'a\n1\n', 400, 'name: Too small'],
    ['name=a.csv&format=xls', 'a\n1\n', 400, 'format: '],
    ['name=a.txt', 'a\n1\n', 415, 'say the "format"'],
    ['name=a.csv', 'a,b\n1\n', 422, 'line 2'],
    ['name=a.csv', 'a\n'.padEnd(20_000, '1\n'), 413, 'larger than the 10000 bytes'],
    ['name=a.csv', null, 422, 'no body'],
  ])('refuse ?%s', async (query, body, status, detail) => {
    const answer = await upload(query, body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({
      status,
      detail: expect.stringContaining(detail),
      type: expect.any(String),
    })
  })

  it('describe themselves', () => {
    const { paths } = routes.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Data sets', version: '1' } })
    expect(Object.keys(paths ?? {})).toEqual(['/datasets', '/datasets/{id}', '/datasets/{id}/rows'])
  })
})
