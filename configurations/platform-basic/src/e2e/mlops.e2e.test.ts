import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

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

describe('fit --track', () => {
  it('keeps the fit as a run and registers the model', async () => {
    const csv = write(
      'good.csv',
      ['a,b', ...Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${Math.cos(i)}`)].join('\n'),
    )
    for (const track of [['--track', 'pumps'], ['--track']])
      expect((await run('fit', csv, '--model', 'pump', '--detector', 'knn', ...track)).code).toBe(0)
    const [tracked] = await json('runs', '--experiment', 'pumps')

    expect(tracked).toMatchObject({
      status: 'FINISHED',
      params: { detector: 'knn', nNeighbors: '5' },
      metrics: { rows: 60 },
    })
    expect(await json('runs', 'show', String(tracked?.['id']))).toMatchObject([
      { datasets: [expect.stringMatching(/^good\.csv@[0-9a-f]{36}$/)], models: [expect.stringMatching(/^m-/)] },
    ])
    expect(await json('runs', '--experiment', 'detectors')).toHaveLength(1)
    expect((await json('models', 'versions', 'pump')).map(({ version }) => version)).toEqual([2, 1])
    const file = await run('artifacts', 'get', 'models:/pump/1', 'model.json')
    expect(JSON.parse(file.stdout)).toMatchObject({ model: { name: 'pump', version: 1 } })
  })
})

interface Served {
  readonly url: string
  readonly end: (signal: 'SIGINT' | 'SIGTERM') => Promise<number | null>
}

function serve(env: Readonly<Record<string, string>> = {}): Promise<Served> {
  return new Promise((resolve, reject) => {
    const args = [BIN, 'mlflow', 'serve', '--port', '0', '--data', join(folder, 'served')]
    const child = spawn(process.execPath, args, { env: plainEnvironment(env), stdio: ['ignore', 'ignore', 'pipe'] })
    const ended = new Promise<number | null>((done) => child.on('close', done))
    let text = ''
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text += part
      const [, url] = /MLFLOW_TRACKING_URI=(\S+)/.exec(text) ?? []
      if (url === undefined) return
      resolve({ url, end: (signal) => (child.kill(signal), ended) })
    })
    void ended.then(() => reject(new Error(text)))
  })
}

describe('mlflow', () => {
  it('serves clients, takes an export and ends when it is told to', async () => {
    const server = await serve()
    const { experiments } = connectMlflow({ trackingUri: server.url, retries: 0 })
    const { id } = await experiments.create({ name: 'from a client' })
    const exported = await run('mlflow', 'export', server.url, '--format', 'json')
    const again = await run('mlflow', 'export', server.url)
    const copied = await experiments.find({ name: 'fraud' })

    expect(id).toMatch(/^\d+$/)
    expect(JSON.parse(exported.stdout)).toContainEqual({ what: 'runs', copied: 2, unchanged: 0 })
    expect(again.stdout).toContain('runs,0,2')
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
