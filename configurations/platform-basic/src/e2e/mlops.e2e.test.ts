import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { createBasicMlopsConfiguration } from '@nomaly/configuration-mlops-basic'
import { connectMlflow } from '@nomaly/integration-mlflow'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { BIN, nomaly, type Outcome, plainEnvironment, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)
const data = join(folder, 'kept')
const run = (...args: ReadonlyArray<string>): Promise<Outcome> => nomaly([...args, '--data', data])
const json = async (...args: ReadonlyArray<string>): Promise<ReadonlyArray<Record<string, unknown>>> =>
  JSON.parse((await run(...args, '--format', 'json')).stdout)

let first = ''
beforeAll(async () => {
  const configuration = createBasicMlopsConfiguration({ dataPath: data, capture: { code: false } })
  const { experimentTracker, modelRegistry } = configuration.createServices()
  for (const [name, auc] of [
    ['one', 0.9],
    ['two', 0.95],
  ] as const) {
    const tracked = await experimentTracker.startRun({ experiment: 'fraud', name })
    if (name === 'one') first = tracked.id
    tracked.logParams({ trees: 100, kind: name })
    tracked.logMetric('auc', auc)
    const { id } = await tracked.logModel({ name: 'forest', files: { 'model.json': `{"name":"${name}"}` } })
    await tracked.end()
    await modelRegistry.register({ name: 'fraud', modelId: id })
  }
  await configuration.close()
})

describe('experiments', () => {
  it('are made, listed, moved, deleted and restored', async () => {
    expect((await run('experiments', 'create', 'Churn', '--folder', 'risk', '--tag', 'team=x')).code).toBe(0)
    expect(await json('experiments', 'move', 'Churn', '--to', 'sales/eu')).toEqual([
      { experiment: 'Churn', now: 'in sales/eu' },
    ])
    expect((await run('experiments', 'delete', 'Churn')).stdout).toBe('experiment,now\nChurn,deleted\n')
    expect((await json('experiments', 'list')).map(({ name }) => name)).not.toContain('Churn')
    expect((await json('experiments', '--deleted')).map(({ name }) => name)).toEqual(['Churn'])
    await run('experiments', 'restore', 'Churn')
    expect(await json('experiments', 'show', 'Churn')).toMatchObject([
      { folder: 'sales/eu', stage: 'active', tags: { team: 'x' } },
    ])
  })

  it('that are not there are told with the nearest, and others are done', async () => {
    const { code, stderr } = await run('experiments', 'show', 'fruad')
    expect([code, stderr]).toEqual([2, "nomaly: there is no experiment 'fruad' (did you mean 'fraud'?)\n"])
    expect((await run('experiments', 'create', 'fraud')).code).toBe(2)
    await run('experiments', 'create', 'gone')
    expect((await run('experiments', 'delete', 'gone', 'none')).code).toBe(4)
  })
})

describe('runs', () => {
  it('are listed, searched, shown and compared', async () => {
    const listed = await run('runs', '--experiment', 'fraud', '--order-by', 'metrics.auc ASC')
    expect(listed.stdout).toMatch(/^id,name,experiment,status,stage,started,seconds,metrics,params\n/)
    expect(listed.stdout).toMatch(new RegExp(`${first},one,fraud,FINISHED,active,.*,auc=0.9,`))
    expect((await json('runs', 'search', 'metrics.auc > 0.92')).map(({ name }) => name)).toEqual(['two'])
    expect(await json('runs', 'show', first.slice(0, 8))).toMatchObject([
      { id: first, params: { trees: '100' }, metrics: { auc: 0.9 } },
    ])
    const compared = await run('runs', 'compare', 'one', 'two', '--differing')
    expect(compared.stdout).toBe('kind,key,differs,one,two\nparam,kind,true,one,two\nmetric,auc,true,0.9,0.95\n')
  })

  it('say what is wrong with what was asked', async () => {
    expect((await run('runs', 'search', 'metrics.auc > high')).stderr).toMatch(/position 15/)
    expect((await run('runs', 'show', 'ome')).stderr).toContain("did you mean 'one'?")
    for (const args of [['search', 'x ='], ['show', 'nothing'], ['--limit', '0'], ['compare'], ['lists']])
      expect((await run('runs', ...args)).code).toBe(2)
  })

  it('are moved, deleted, restored and purged', async () => {
    const configuration = createBasicMlopsConfiguration({ dataPath: data, capture: { code: false } })
    const { id } = await configuration.createServices().experimentTracker.startRun({ name: 'third' })
    await configuration.close()
    expect((await run('runs', 'move', id, '--to', 'fraud')).stdout).toBe(`run,now\n${id},in fraud\n`)
    await run('runs', 'delete', id)
    expect(await json('runs', 'restore', id)).toEqual([{ run: id, now: 'active' }])
    await run('runs', 'delete', id)
    expect((await json('runs', 'purge', '--older-than', '1'))[0]).toMatchObject({ runs: 0 })
    expect((await json('runs', 'purge', id))[0]).toMatchObject({ runs: 1 })
    expect((await run('runs', 'show', id)).code).toBe(2)
  })
})

describe('artifacts', () => {
  it('are put, listed and read', async () => {
    const file = write('notes.txt', 'all well')
    expect((await run('artifacts', 'put', 'one', file, 'docs/notes.txt')).stdout).toBe('path,bytes\ndocs/notes.txt,8\n')
    const piped = await nomaly(['artifacts', 'put', 'one', '-', 'in.txt', '--data', data], { stdin: 'piped' })
    expect(piped.code).toBe(0)
    expect((await json('artifacts', 'list', 'one', '--recursive')).map(({ path }) => path)).toEqual([
      'docs',
      'docs/notes.txt',
      'in.txt',
    ])
    expect((await run('artifacts', 'get', 'one', 'docs/notes.txt')).stdout).toBe('all well')
    expect((await run('artifacts', 'get', 'models:/fraud/2', 'model.json')).stdout).toBe('{"name":"two"}')
    expect((await run('artifacts', 'get', 'one', 'in.text')).stderr).toContain("did you mean 'in.txt'?")
    expect((await run('artifacts', 'put', 'one', file, '../x')).code).toBe(2)
    expect((await run('artifacts', 'put', 'one', join(folder, 'none'))).code).toBe(3)
  })
})

describe('registered models', () => {
  it('are listed and shown by name, each version', async () => {
    expect(await json('models', 'list')).toMatchObject([
      { name: 'fraud', version: 1, kind: 'registered', stage: 'None', aliases: [], tags: {}, detector: null },
      { name: 'fraud', version: 2, kind: 'registered' },
    ])
    expect(await json('models', 'show', 'fraud@2')).toMatchObject([
      { version: 2, source: expect.stringMatching(/^models:/) },
    ])
    expect((await json('models', 'show', 'fraud')).map(({ version }) => version)).toEqual([1, 2])
    const unknown = await run('models', 'show', 'fraud@9')
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there are: fraud@1, fraud@2')])
  })

  it('get aliases and stages, through gates', async () => {
    const passed = await json('models', 'promote', 'fraud/1', '--at-least', 'auc=0.8', '--by', 'ci')
    expect(passed).toMatchObject([{ gate: 'metricAtLeast(auc, 0.8)', passed: true }])
    const refused = await run('models', 'promote', 'fraud/2', '--at-least', 'auc=0.99', '--not-worse', 'champion:auc')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('metricAtLeast(auc, 0.99) did not pass')
    expect(await json('models', 'alias', 'fraud/2', 'challenger')).toMatchObject([{ aliases: ['challenger'] }])
    await run('models', 'alias', 'fraud', 'challenger', '--remove')
    expect(await json('models', 'stage', 'fraud@champion', 'Production')).toMatchObject([{ stage: 'Production' }])
    expect((await json('models', 'versions', 'fraud')).map(({ version, aliases }) => [version, aliases])).toEqual([
      [2, []],
      [1, ['champion']],
    ])
    expect((await run('models', 'versions', 'frad')).stderr).toContain("did you mean 'fraud'?")
    expect((await run('models', 'stage', 'fraud/1', 'Best')).code).toBe(2)
    expect((await run('models', 'delete', 'fraud/2')).stdout).toBe('model,now\nfraud/2,deleted\n')
    expect((await run('models', 'delete', 'fraud/2')).code).toBe(2)
  })
})

interface Served {
  readonly url: string
  readonly end: (signal: 'SIGINT' | 'SIGTERM') => Promise<number | null>
}

const started: ChildProcess[] = []
afterAll(() => started.forEach((child) => child.kill('SIGKILL'))) // what a failed test has left

function serve(env: Readonly<Record<string, string>> = {}, flags: ReadonlyArray<string> = []): Promise<Served> {
  return new Promise((resolve, reject) => {
    const args = [BIN, 'mlflow', 'serve', '--port', '0', '--data', join(folder, 'served'), ...flags]
    const child = spawn(process.execPath, args, { env: plainEnvironment(env), stdio: ['ignore', 'ignore', 'pipe'] })
    started.push(child)
    const ended = new Promise<number | null>((done) => child.on('close', done))
    let told = ''
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      told += part
      const [, url] = /MLFLOW_TRACKING_URI=(\S+)/.exec(told) ?? []
      if (url === undefined) return
      resolve({ url, end: (signal) => (child.kill(signal), ended) })
    })
    void ended.then(() => reject(new Error(told)))
  })
}

describe('mlflow', () => {
  it('serves clients, takes an export and ends when it is told to', async () => {
    const server = await serve()
    const { experiments } = connectMlflow({ trackingUri: server.url, retries: 0 })
    const { id } = await experiments.create({ name: 'from a client' })
    const kept = (await json('runs', 'list', '--all')).length
    const exported = await run('mlflow', 'export', server.url, '--format', 'json')
    const again = await run('mlflow', 'export', server.url)
    const copied = await experiments.find({ name: 'fraud' })

    expect(id).toMatch(/^\d+$/)
    expect(JSON.parse(exported.stdout)).toContainEqual({ what: 'runs', copied: kept, unchanged: 0 })
    expect(kept).toBeGreaterThan(0)
    expect(again.stdout).toContain(`runs,0,${kept}`)
    expect(copied?.lifecycleStage).toBe('active')
    expect(await server.end('SIGTERM')).toBe(143)
  })

  it('lets only those in who know the credentials, where there are some', async () => {
    const server = await serve({ MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 'secret' })
    const find = (password: string): Promise<unknown> => {
      const auth = { kind: 'basic', username: 'ann', password } as const
      return connectMlflow({ trackingUri: server.url, auth, retries: 0 }).experiments.find({ id: '0' })
    }
    await expect(find('wrong')).rejects.toMatchObject({ code: 'mlflow/not-allowed' })
    await expect(find('secret')).resolves.toMatchObject({ name: 'Default' })
    expect(await server.end('SIGINT')).toBe(130)
  })

  it('delivers webhooks as long as it serves', async () => {
    const bodies: string[] = []
    const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      bodies.push(await text(request))
      response.end()
    }
    const listener = createServer((request, response) => void take(request, response))
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
    const { port } = listener.address() as AddressInfo // a TCP server
    const server = await serve({}, ['--local-webhooks'])
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`${server.url}/api/2.0/mlflow/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const hook = {
      name: 'ci',
      url: `http://127.0.0.1:${port}/`,
      events: [{ entity: 'REGISTERED_MODEL', action: 'CREATED' }],
    }
    expect((await post('webhooks', hook)).status).toBe(200)
    expect((await post('registered-models/create', { name: 'told of' })).status).toBe(200)
    await vi.waitFor(() => expect(bodies).toHaveLength(1), 10_000)
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ entity: 'registered_model', data: { name: 'told of' } })
    expect(await server.end('SIGTERM')).toBe(143)
    await new Promise((done) => listener.close(done))
  })

  it('is not for pages of other hosts, unless they are named', async () => {
    const statusAt = async (flags: ReadonlyArray<string>): Promise<number | undefined> => {
      const server = await serve({}, flags)
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const asked = get(`${server.url}/version`, { headers: { host: 'evil.example' }, agent: false }, (response) =>
          resolve(response.resume().statusCode),
        )
        asked.on('error', reject)
      })
      await server.end('SIGTERM')
      return status
    }
    expect(await statusAt([])).toBe(403)
    expect(await statusAt(['--allowed-hosts', 'tracker.internal,evil.example'])).toBe(200)
  })

  it('imports a folder mlruns, twice without doubles', async () => {
    const { mkdirSync } = await import('node:fs')
    const mlruns = join(folder, 'mlruns')
    mkdirSync(join(mlruns, '1/a1b2/metrics'), { recursive: true })
    writeFileSync(join(mlruns, '1/meta.yaml'), "experiment_id: '1'\nname: old\nlifecycle_stage: active\n")
    writeFileSync(join(mlruns, '1/a1b2/meta.yaml'), 'run_id: a1b2\nrun_name: old one\nstatus: 3\nstart_time: 1\n')
    writeFileSync(join(mlruns, '1/a1b2/metrics/auc'), '1000 0.9 0\n2000 0.93 1\n')
    expect((await run('mlflow', 'import', mlruns)).stdout).toContain('runs,1,0')
    expect((await run('mlflow', 'import', mlruns)).stdout).toContain('runs,0,1')
    expect(await json('runs', '--experiment', 'old')).toMatchObject([{ name: 'old one', metrics: { auc: 0.93 } }])
  })

  it('says what it cannot do', async () => {
    const open = await run('mlflow', 'serve', '--host', '0.0.0.0', '--port', '0')
    expect([open.code, open.stderr]).toEqual([2, expect.stringContaining('MLFLOW_TRACKING_USERNAME')])
    expect((await run('mlflow', 'serve', '--port', '99999')).code).toBe(2)
    expect((await run('mlflow', 'import', join(folder, 'none'))).code).toBe(3)
    expect((await run('mlflow', 'import', write('no.db', 'no database'))).code).toBe(3)
    expect((await run('mlflow', 'export', 'ftp://x')).code).toBe(2)
  })
})
