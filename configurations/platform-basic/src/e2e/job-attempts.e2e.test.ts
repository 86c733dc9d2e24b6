import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createFolderResultStore } from '@nomaly/ai-anomaly-detection/node'
import type { CloudEvent, JobContext } from '@nomaly/integration-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { runProfile } from '../jobs/run-data-jobs.ts'
import { runDetect } from '../jobs/run-detect.ts'
import { runTrain } from '../jobs/run-detection-jobs.ts'
import { type Scratch, scratch } from './spawn-nomaly.ts'

const ROWS = 60_000
let files: Scratch
let path: string
beforeAll(() => {
  files = scratch()
  path = join(files.folder, 'long.csv')
  const line = (_: unknown, i: number): string => `${Math.sin(i)},${Math.cos(3 * i)},${(i * 7919) % 101}\n`
  writeFileSync(path, `a,b,c\n${Array.from({ length: ROWS }, line).join('')}`)
})
afterAll(() => files.remove())

/** An attempt at a job, as the runner would make it. */
interface Attempt extends JobContext {
  readonly events: CloudEvent[]
  readonly kept: unknown[]
}

function attempt(id: string, given: Partial<Pick<JobContext, 'attempt' | 'resumeFrom' | 'progress'>> = {}): Attempt {
  const [events, kept]: [CloudEvent[], unknown[]] = [[], []]
  const told = {
    emit: (event: CloudEvent) => void events.push(event),
    checkpoint: async (value: unknown) => void kept.push(value),
    progress: () => undefined,
  }
  const { signal } = new AbortController()
  return { id, type: 'job', attempt: 1, resumeFrom: undefined, signal, ...told, ...given, events, kept }
}

const jobOf = (input: unknown) => ({
  dataPath: join(files.folder, 'data'),
  dataset: { id: 'd', name: 'long.csv', sha256: '00' },
  file: { path, format: 'csv' as const },
  rows: ROWS,
  input,
})

const idsOf = ({ events }: Attempt): ReadonlyArray<string> => events.map(({ id }) => id)

describe('another attempt at a job', () => {
  it('to detect goes on where the one before was, and ends with the same result', async () => {
    await runTrain(jobOf({ dataset: 'd', name: 'long', detector: 'iforest', contamination: 0.01 }), attempt('trained'))
    const job = jobOf({ dataset: 'd', model: { name: 'long' } })
    const whole = await runDetect(job, attempt('whole'))
    const ending = new AbortController()
    const seen: number[] = []
    const first = attempt('broken', {
      progress: ({ done }) => {
        seen.push(done)
        if (seen.length === 3) ending.abort(new Error('the process ends'))
      },
    })
    await expect(runDetect(job, { ...first, signal: ending.signal })).rejects.toThrow('the process ends')
    const results = createFolderResultStore({ folder: join(job.dataPath, 'results') })
    expect((await results.list()).map(({ id }) => id)).toEqual(['whole'])
    const [checkpoint] = first.kept
    expect(checkpoint).toMatchObject({ rows: seen[0], version: 1 })
    // a later version of the model must not score the rest
    await runTrain(jobOf({ dataset: 'd', name: 'long', detector: 'mad', columns: ['a'] }), attempt('later'))
    const second = attempt('broken', { attempt: 2, resumeFrom: checkpoint })
    const resumed = await runDetect(job, second)
    expect(resumed).toEqual({ ...(whole as object), id: 'broken', result: 'broken' })
    const [a, b] = [await results.open('whole'), await results.open('broken')]
    expect(await b.read('score', 0, ROWS)).toEqual(await a.read('score', 0, ROWS))
    expect(await b.read('order', 0, ROWS)).toEqual(await a.read('order', 0, ROWS))
  })

  it('that finds its result kept tells of it once more, with the same events', async () => {
    const job = jobOf({ dataset: 'd', detector: 'mad', columns: ['a'] })
    const [first, second] = [attempt('twice'), attempt('twice', { attempt: 2 })]
    const output = await runDetect(job, first)
    expect(await runDetect(jobOf({ ...(job.input as object), seed: 9 }), second)).toEqual(output)
    expect(idsOf(second)).toEqual(idsOf(first))
  })

  it('to train or profile keeps no second model or profile', async () => {
    const job = jobOf({ dataset: 'd', name: 'once', detector: 'mad', columns: ['a'] })
    const [first, second] = [attempt('train'), attempt('train', { attempt: 2 })]
    expect(await runTrain(job, first)).toMatchObject({ model: { id: 'train', version: 1 } })
    expect(await runTrain(job, second)).toMatchObject({ model: { id: 'train', version: 1 } })
    expect(idsOf(second)).toEqual(idsOf(first))
    const profile = jobOf({ dataset: 'd' })
    for (const one of [attempt('profile'), attempt('profile', { attempt: 2 })]) {
      expect(await runProfile(profile, one)).toEqual({ profile: 'profile' })
      expect(idsOf(one)).toEqual(['profile'])
    }
  })
})
