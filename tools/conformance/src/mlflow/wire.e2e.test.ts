import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pythonWithMlflow } from './python.ts'
import { type RealServer, startRealServer } from './real-server.ts'
import { startTracker, type TrackerServer } from './tracker-server.ts'
import { runWireSteps, type WireAnswer } from './wire/run-wire-steps.ts'
import { wireSteps } from './wire/wire-steps.ts'

const MINUTES = 60_000
const python = pythonWithMlflow('mlflow-3')
const title = python.kind === 'absent' ? ` (left out: ${python.why})` : ''

describe.skipIf(python.kind === 'absent')(`our routes beside MLflow's own server${title}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-wire-'))
  let real: RealServer
  let tracker: TrackerServer
  let ours: ReadonlyArray<WireAnswer> = []
  let theirs: ReadonlyArray<WireAnswer> = []

  beforeAll(async () => {
    if (python.kind === 'absent') return
    ;[tracker, real] = await Promise.all([startTracker(), startRealServer(python.python, folder)])
    ;[ours, theirs] = await Promise.all([runWireSteps(tracker.url, wireSteps), runWireSteps(real.url, wireSteps)])
  }, 5 * MINUTES)

  afterAll(async () => {
    await Promise.all([tracker?.close(), real?.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(wireSteps.map((step, i) => ({ ...step, i })))('answers alike: $title', ({ i, differs }) => {
    const [mine, their] = [ours[i], theirs[i]]
    expect(mine?.status).toBeLessThan(500)
    if (differs !== undefined) {
      expect(mine, `no longer differs: ${differs}`).not.toEqual(their)
      return
    }
    expect({ status: mine?.status, code: codeOf(mine) }).toEqual({ status: their?.status, code: codeOf(their) })
    if (mine?.status === 200) expect(mine.body).toEqual(their?.body)
  })

  it('never meets a fault', () => expect(tracker.faults).toEqual([]))
})

function codeOf(answer: WireAnswer | undefined): unknown {
  const body = answer?.body
  return typeof body === 'object' && body !== null && 'error_code' in body ? body.error_code : undefined
}
