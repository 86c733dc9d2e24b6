import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { mlflowReleases, pythonWithMlflow, runScript } from './python.ts'
import { startTracker, type TrackerServer } from './tracker-server.ts'

interface Check {
  readonly ok: boolean
  readonly seen?: Readonly<Record<string, unknown>>
  readonly trace?: string
}

const MINUTES = 60_000

const places = ['through the proxy', 'on a disk that both share'] as const
const cases = mlflowReleases.flatMap((release) => places.map((place) => ({ release, place })))

describe.each(cases)('the Python client of $release, unchanged, with artifacts $place', ({ release, place }) => {
  const python = pythonWithMlflow(release)
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-acceptance-'))
  let tracker: TrackerServer
  let checks: Readonly<Record<string, Check>> = {}

  const seen = (name: string): Readonly<Record<string, unknown>> => {
    const check = checks[name]
    if (check?.ok !== true || check.seen === undefined) throw new Error(`${name}: ${check?.trace ?? 'did not run'}`)
    return check.seen
  }
  const run = async (name: string) => {
    const found = await tracker.store.runs.find(String(seen(name)['run']))
    if (found === undefined) throw new Error(`${name}: its run is not in our store`)
    return found
  }
  const bytesOf = async (path: string): Promise<string> => {
    const found = await tracker.ports.artifacts.get(path)
    const chunks: Uint8Array[] = []
    for await (const chunk of found?.content ?? []) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  }

  beforeAll(async () => {
    if (python.kind === 'absent') return
    tracker = await startTracker({ isFileRoot: place !== 'through the proxy' })
    const printed = await runScript(python.python, 'acceptance.py', [tracker.url], { cwd: folder })
    checks = JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '')
  }, 5 * MINUTES)

  afterAll(async () => {
    await tracker?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const title = python.kind === 'absent' ? ` (left out: ${python.why})` : ''

  describe.skipIf(python.kind === 'absent')(`does as with its own server${title}`, () => {
    it('makes, finds, tags, renames, deletes and restores experiments', async () => {
      expect(seen('experiments')).toMatchObject({
        duplicate: 'RESOURCE_ALREADY_EXISTS',
        deleted: ['acceptance-renamed'],
        named: ['acceptance', 'acceptance-renamed'],
        tagged: ['acceptance'],
        absent: null,
      })
      const ours = await tracker.store.experiments.find({ name: 'acceptance' })
      expect(ours).toMatchObject({ id: seen('experiments')['id'], tags: { team: 'risk' }, lifecycleStage: 'active' })
    })

    it('logs runs, nested, resumed and failing ones, and is refused what MLflow refuses', async () => {
      expect(seen('runs')).toMatchObject({
        loss: [0, 1, 2, 3, 4].map((step) => [step, 1 / (step + 1)]),
        changed: 'INVALID_PARAMETER_VALUE',
        unknown: 'RESOURCE_DOES_NOT_EXIST',
        frozen: 'INVALID_PARAMETER_VALUE',
        failing: 'FAILED',
        parentOfChild: seen('runs')['run'],
        tags: { mood: 'good', stage: 'dev', 'mlflow.note.content': 'a note', 'mlflow.runName': 'parent' },
      })
      const ours = await run('runs')
      expect(ours).toMatchObject({ name: 'parent', status: 'FINISHED', userId: seen('runs')['user'] })
      expect(ours.params).toMatchObject({ depth: '3', rate: '0.1', empty: '', p49: '49' })
      expect(ours.metrics['loss']).toMatchObject({ value: 0.2, step: 4, min: 0.2, max: 1, count: 5 })
      expect(ours.metrics['nan']?.value).toBeNaN()
      expect((await tracker.store.log.history(ours.id, 'batch')).items).toHaveLength(1000)
    })

    it('uploads and downloads artifacts of all kinds and names', async () => {
      expect(seen('artifacts')).toMatchObject({
        tree: ['tree/a b & c%d.txt', 'tree/deep', 'tree/grüße.txt', 'tree/plain.txt'],
        rows: 3,
        listed: [
          ['data.json', false, 29],
          ['data.yaml', false, 5],
          ['notes', true, null],
          ['plain.txt', false, 9000],
          ['plots', true, null],
          ['table.json', false, expect.any(Number)],
          ['tree', true, null],
        ],
      })
      const { experimentId, id } = await run('artifacts')
      const root = `${experimentId}/${id}/artifacts`
      expect(await bytesOf(`${root}/notes/hello.txt`)).toBe('hello')
      expect(await bytesOf(`${root}/tree/a b & c%d.txt`)).toBe('a b & c%d.txt'.repeat(1000))
    })

    it('logs data sets', async () => {
      expect(seen('inputs')).toMatchObject({ names: [['train', ['training']]], found: [seen('inputs')['run']] })
      expect((await run('inputs')).datasetInputs).toMatchObject([
        { name: 'train', tags: { 'mlflow.data.context': 'training' } },
      ])
    })

    it('searches runs with filters, orders and pages', () => {
      const name = (i: number): string => `run-${String(i).padStart(2, '0')}`
      expect(seen('search')).toEqual({
        above: ['run-10', 'run-08'],
        worst: ['run-00', 'run-01', 'run-02'],
        like: ['run-11', 'run-10'],
        tag: ['run-01', 'run-02'],
        in: ['run-00', 'run-01'],
        quoted: ['run-03'],
        frame: [
          [1.1, 'odd'],
          [1, 'even'],
        ],
        pages: [[0, 1, 2, 3, 4].map(name), [5, 6, 7, 8, 9].map(name), [10, 11].map(name)],
        wrong: 'INVALID_PARAMETER_VALUE',
        empty: [],
      })
    })

    it('logs, loads and registers a scikit-learn model', async () => {
      expect(seen('models')).toMatchObject({ second: '2', stages: { 1: 'Archived', 2: 'Production' }, champion: '2' })
      const model = await tracker.store.registeredModels.find('iris')
      expect(model).toMatchObject({ aliases: { champion: '2' } })
      const uri = String(seen('models')['uri']).replace(/^(mlflow-artifacts:|.*\/files)\//, '')
      expect(await bytesOf(`${uri}/MLmodel`)).toContain('sklearn')
      const version = await tracker.store.modelVersions.find('iris', '1')
      expect(version).toMatchObject({ runId: seen('models')['run'], status: 'READY' })
    })

    it('keeps a registry', async () => {
      expect(seen('registry')).toEqual({
        duplicate: 'RESOURCE_ALREADY_EXISTS',
        gone: 'RESOURCE_DOES_NOT_EXIST',
        newest: '4',
        description: 'finds it',
        aliases: { best: '3' },
        tags: { team: 'risk' },
        found: ['fraud'],
        versions: ['2', '3', '4'],
        latest: [['None', '4']],
        alias: 'INVALID_PARAMETER_VALUE',
        copied: true,
        unknown: 'RESOURCE_DOES_NOT_EXIST',
      })
      const model = await tracker.store.registeredModels.find('fraud-2')
      expect(model).toMatchObject({ description: 'finds it', tags: { team: 'risk' }, aliases: { best: '3' } })
      expect(await tracker.store.modelVersions.find('fraud-2', '2')).toMatchObject({ tags: { checked: 'yes' } })
    })

    it('logs by itself what scikit-learn fits', async () => {
      expect(seen('autolog')).toMatchObject({ C: '2.0', score: 1, inputs: 1 })
      expect((await run('autolog')).metrics['training_accuracy_score']?.value).toBe(1)
    })

    it('never meets a fault', () => expect(tracker.faults).toEqual([]))
  })
})
