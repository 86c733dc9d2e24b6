import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { endAll, type Served, serveFolder } from './serving.ts'
import { nomaly, sampleCsv, type Scratch, scratch } from './spawn-nomaly.ts'

let files: Scratch
beforeAll(() => {
  files = scratch()
})
afterEach(endAll)
afterAll(() => files.remove())

const serve = (env?: Readonly<Record<string, string>>): Promise<Served> =>
  serveFolder(join(files.folder, 'served'), env)

const json = async (answer: Promise<Response>): Promise<unknown> => (await answer).json()
const post = (url: string, body: unknown, type = 'application/json'): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('nomaly serve', () => {
  it('takes a file, finds its anomalies, keeps a model, and has all of it after a restart', async () => {
    const first = await serve()
    const api = `${first.url}/api/v1`
    const uploaded = await post(`${api}/datasets?name=sample.csv`, sampleCsv(), 'application/octet-stream')
    expect(uploaded.status).toBe(201)
    const { id } = (await uploaded.json()) as { id: string } // as described
    const detection = await json(post(`${api}/detect`, { dataset: id, columns: ['a', 'b'], contamination: 0.02 }))
    expect(detection).toMatchObject({ anomalies: expect.arrayContaining([expect.objectContaining({ index: 30 })]) })
    const trained = await post(`${api}/models/pump/versions`, { dataset: id, columns: ['a', 'b'], contamination: 0.02 })
    expect(trained.headers.get('location')).toBe('/api/v1/models/pump/versions/1')
    await expect(serve()).rejects.toThrow('is served by another process')
    expect(await first.end('SIGTERM')).toBe(143)

    const again = await serve()
    expect(await json(fetch(`${again.url}/api/v1/datasets/${id}`))).toMatchObject({ name: 'sample.csv', rows: 60 })
    const inputs = [{ name: 'features', shape: [2, 2], datatype: 'FP64', data: [0, 1, 40, -40] }]
    expect(await json(post(`${again.url}/v2/models/pump/infer`, { inputs }))).toMatchObject({
      outputs: [{ name: 'score' }, { name: 'is_anomaly', data: [false, true] }],
    })
    expect(await again.end('SIGINT')).toBe(130)
  })

  it('tells of its health, its metrics, its routes and each request', async () => {
    const server = await serve()
    expect(await json(fetch(`${server.url}/health/liveness`))).toEqual({ status: 'up' })
    expect(await json(fetch(`${server.url}/health/readiness`))).toMatchObject({
      status: 'up',
      dependencies: expect.arrayContaining([{ name: 'mlops store', status: 'up', latencyMs: expect.any(Number) }]),
    })
    const answer = await fetch(`${server.url}/openapi.json`, { headers: { 'x-request-id': 'ours-1' } })
    expect(answer.headers.get('x-request-id')).toBe('ours-1')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    const etag = answer.headers.get('etag') ?? ''
    const same = await fetch(`${server.url}/openapi.json`, { headers: { 'if-none-match': etag } })
    expect(same.status).toBe(304)
    const { paths } = (await answer.json()) as { paths: object } // OpenAPI's
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/v1/datasets', '/api/v1/detect']))
    expect(await (await fetch(`${server.url}/docs`)).text()).toContain('/docs/docs.js')
    expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(
      /^nomaly_http_requests_total\{method="GET",status="200"\} \d+$/m,
    )
    const lost = await fetch(`${server.url}/nowhere`)
    expect(lost.headers.get('content-type')).toBe('application/problem+json')
    expect(await lost.json()).toMatchObject({ status: 404 })
    const clients = await fetch(`${server.url}/api/2.0/mlflow/experiments/get?experiment_id=0`)
    expect(await clients.json()).toMatchObject({ experiment: { name: 'Default' } })
    expect(server.told()).toMatch(/"id":"ours-1","method":"GET","path":"\/openapi.json","status":200/)
  })

  it('asks for its key where it has one, and for one where others could come in', async () => {
    const server = await serve({ NOMALY_API_KEY: 'secret' })
    const statusWith = async (headers: Record<string, string>, path = '/api/v1/detectors'): Promise<number> =>
      (await fetch(server.url + path, { headers })).status
    expect(await statusWith({})).toBe(401)
    expect(await statusWith({ authorization: 'Bearer wrong' })).toBe(401)
    expect(await statusWith({}, '/api/2.0/mlflow/experiments/get?experiment_id=0')).toBe(401)
    expect(await statusWith({ authorization: 'Bearer secret' })).toBe(200)
    expect(await statusWith({ 'x-api-key': 'secret' })).toBe(200)
    expect(await statusWith({ authorization: `Basic ${btoa('any:secret')}` })).toBe(200)
    expect(await statusWith({}, '/health/liveness')).toBe(200)
    const open = await nomaly(['serve', '--host', '0.0.0.0', '--data', join(files.folder, 'served')])
    expect(open).toMatchObject({ code: 2, stderr: expect.stringContaining('set NOMALY_API_KEY') })
  })
})
