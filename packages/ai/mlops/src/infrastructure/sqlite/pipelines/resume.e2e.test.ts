import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { PipelineRunner } from '../../../application/pipelines/pipeline-runner.ts'
import { pipeline } from '../../../domain/pipelines/pipeline.ts'
import { type MlopsStore, openMlopsStore } from '../../open-mlops-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-pipeline-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const trace = join(folder, 'trace')
const path = join(folder, 'mlops.db')
const root = join(import.meta.dirname, '../../..')

// The same pipeline in both processes: in the first one `fit` never ends.
const program = `
import { appendFileSync } from 'node:fs'
import { PipelineRunner } from '${root}/application/pipelines/pipeline-runner.ts'
import { pipeline } from '${root}/domain/pipelines/pipeline.ts'
import { openMlopsStore } from '${root}/infrastructure/open-mlops-store.ts'
const store = openMlopsStore({ path: ${JSON.stringify(path)} })
const runner = new PipelineRunner({ ...store, now: Date.now, newId: () => 'the-run', random: Math.random })
const train = pipeline('train')
  .step('load', { needs: ['input'], version: '1' }, ({ inputs }) => (appendFileSync(${JSON.stringify(trace)}, 'load '), [inputs.input, 2]))
  .step('model', { version: '1' }, () => (appendFileSync(${JSON.stringify(trace)}, 'model '), Uint8Array.of(7)))
  .step('fit', { needs: ['load', 'model'], version: '1' }, () => {
    appendFileSync(${JSON.stringify(trace)}, 'fit ')
    return new Promise(() => setInterval(() => undefined, 1000))
  })
await runner.run(train, 1)
`

const readTrace = () => (existsSync(trace) ? readFileSync(trace, 'utf8') : '')

async function killInFit(): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  while (!readTrace().includes('fit')) {
    if (child.exitCode !== null) throw new Error(`the child ended early: ${errors}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  child.kill('SIGKILL')
  await ended
}

function runnerOn(store: MlopsStore): PipelineRunner {
  return new PipelineRunner({ ...store, now: Date.now, newId: () => 'other', random: Math.random })
}

it('goes on from the finished steps after the process was killed', async () => {
  await killInFit()
  const store = openMlopsStore({ path })
  const [broken] = await store.pipelines.list({ pipeline: 'train', status: 'running' })
  expect(broken?.id).toBe('the-run')
  expect((await store.runs.find(broken?.runId ?? ''))?.status).toBe('RUNNING')

  const again = pipeline<number>('train')
    .step(
      'load',
      { needs: ['input'], version: '1' },
      ({ inputs }) => (appendFileSync(trace, 'again '), [inputs.input, 2]),
    )
    .step('model', { version: '1' }, () => (appendFileSync(trace, 'again '), Uint8Array.of(7)))
    .step(
      'fit',
      { needs: ['load', 'model'], version: '1' },
      ({ inputs: { load, model } }) => (load[1] ?? 0) * (model[0] ?? 0),
    )
  const { outputs, steps, runId } = await runnerOn(store).resume(again, 'the-run')

  expect(outputs.fit).toBe(14)
  expect(readTrace().trim().split(' ').toSorted()).toEqual(['fit', 'load', 'model']) // each once, none again
  expect(steps.map(({ step, how }) => `${step} ${how}`).toSorted()).toEqual([
    'fit ran',
    'load resumed',
    'model resumed',
  ])
  expect((await store.runs.find(runId))?.status).toBe('FINISHED')
  const { items } = await store.runs.search({ experimentIds: ['0'], filter: `tags.\`nomaly.pipeline.step\` = 'fit'` })
  expect(items.map(({ status }) => status).toSorted()).toEqual(['FINISHED', 'KILLED'])
  await store.close()
})
