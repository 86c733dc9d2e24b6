import { openMlopsStore } from '@nomaly/ai-mlops/node'
import { createMlflowRoutes, type MlflowRoutesOptions } from '@nomaly/integration-mlflow/http'
import { describe, expect, it } from 'vitest'

const routes = (options: MlflowRoutesOptions = {}) =>
  createMlflowRoutes({ ...openMlopsStore({ path: ':memory:' }), options })

const DEFAULT = 'mlflow/experiments/get?experiment_id=0'

describe('createMlflowRoutes', () => {
  it('answers under every prefix, and after doubled slashes', async () => {
    const app = routes()
    for (const path of [`/api/2.0/${DEFAULT}`, `/ajax-api/2.0/${DEFAULT}`, `//api/2.0/${DEFAULT}`]) {
      const response = await app.request(`http://localhost${path}`)
      expect(await response.json()).toMatchObject({ experiment: { name: 'Default' } })
    }
    expect(await (await app.request('/health')).text()).toBe('OK')
    expect(await (await app.request('/version')).text()).toBe('3.3.2')
  })

  it('answers behind a static prefix only where there is one', async () => {
    const app = routes({ staticPrefix: '/tracking/mlflow', version: '3.1.0' })
    expect((await app.request(`/tracking/mlflow/api/2.0/${DEFAULT}`)).status).toBe(200)
    expect((await app.request(`/api/2.0/${DEFAULT}`)).status).toBe(404)
    expect(await (await app.request('/tracking/mlflow/version')).text()).toBe('3.1.0')
  })

  it('asks its guard about everything but health and version', async () => {
    const asked: string[] = []
    const app = routes({
      authorize: async ({ method, path, authorization }) => {
        asked.push(`${method} ${path}`)
        return authorization === undefined
          ? 'unauthenticated'
          : authorization === 'Bearer good'
            ? 'allowed'
            : 'forbidden'
      },
    })
    const status = async (path: string, authorization?: string, method = 'GET'): Promise<number> => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
      return (await app.request(path, { method, headers })).status
    }
    expect(await status(`/api/2.0/${DEFAULT}`)).toBe(401)
    expect(await status(`//api/2.0/${DEFAULT}`)).toBe(401)
    expect(await status('/api/2.0/mlflow-artifacts/artifacts/a', undefined, 'PUT')).toBe(401)
    expect(await status('/get-artifact?run_id=x&path=y')).toBe(401)
    expect(await status('/model-versions/get-artifact?name=x')).toBe(401)
    expect(await status(`/api/2.0/${DEFAULT}`, 'Bearer bad')).toBe(403)
    expect(await status(`/api/2.0/${DEFAULT}`, 'Bearer good')).toBe(200)
    expect([await status('/health'), await status('/version')]).toEqual([200, 200])
    expect(asked).toHaveLength(7)
    const refused = await app.request(`/api/2.0/${DEFAULT}`)
    expect(refused.headers.get('www-authenticate')).toBe('Basic realm="mlflow"')
    expect(await refused.json()).toMatchObject({ error_code: 'UNAUTHENTICATED' })
  })

  it('refuses long artifacts, and keeps nothing of them', async () => {
    const app = routes({ maxArtifactBytes: 10 })
    const path = '/api/2.0/mlflow-artifacts/artifacts/a/b'
    const put = async (body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>): Promise<Response> =>
      app.request(path, { method: 'PUT', body, duplex: 'half' })
    const endless = ReadableStream.from([new Uint8Array(8), new Uint8Array(8)])
    expect((await put(endless)).status).toBe(413)
    expect((await app.request(path)).status).toBe(404)
    expect((await put(new Uint8Array(10))).status).toBe(200)
    expect((await app.request(path)).headers.get('content-length')).toBe('10')
  })

  it('cuts long values, or refuses them', async () => {
    for (const truncateLongValues of [true, false]) {
      const app = routes({ truncateLongValues })
      const post = async (path: string, body: object): Promise<Response> =>
        app.request(`/api/2.0/mlflow/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(body),
        })
      const { run } = (await (await post('runs/create', {})).json()) as {
        readonly run: { readonly info: { readonly run_id: string } }
      }
      const long = { run_id: run.info.run_id, key: 'p', value: '😀'.repeat(6001) }
      expect((await post('runs/log-parameter', long)).status).toBe(truncateLongValues ? 200 : 400)
      const back = (await (await app.request(`/api/2.0/mlflow/runs/get?run_id=${run.info.run_id}`)).json()) as {
        readonly run: { readonly data: { readonly params?: ReadonlyArray<{ readonly value: string }> } }
      }
      expect(back.run.data.params?.[0]?.value).toBe(truncateLongValues ? '😀'.repeat(6000) : undefined)
    }
  })

  it('refuses options that cannot be', () => {
    for (const options of [{ staticPrefix: 'no-slash' }, { maxJsonBytes: 0 }, { fileRoot: '/tmp' }]) {
      expect(() => routes(options)).toThrow(expect.objectContaining({ code: 'mlflow/invalid-options' }))
    }
  })
})
