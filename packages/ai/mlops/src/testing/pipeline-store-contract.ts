import type { PipelineStore, StoredOutput } from '../application/ports/pipeline-store.ts'
import type { StepOutputs } from '../application/ports/step-outputs.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

/** Both ports of pipelines over one store, which may hold what earlier tests left. */
export interface PipelineHarness {
  readonly pipelines: PipelineStore
  readonly stepOutputs: StepOutputs
}

/** What every store of pipelines must keep. */
export function pipelineStoreContract(it: Case, make: () => Promise<PipelineHarness>): void {
  it('keeps a run and what its steps have come to', async () => {
    const { pipelines, stepOutputs } = await make()
    const [id, input, output] = [fresh(), outputOf('in'), outputOf('out')]
    expectEqual(await pipelines.find(id), undefined)
    await pipelines.create({ id, pipeline: 'p', startedAt: 10, runId: 'r', input })
    const running = { name: 'fit', status: 'running', runId: 's1', key: 'k' } as const
    await pipelines.change(id, { kind: 'step', step: running })
    expectEqual((await pipelines.find(id))?.steps, [running])
    const finished = { ...running, status: 'finished', output: output.digest } as const
    await pipelines.change(id, { kind: 'step', step: finished, output })
    await pipelines.change(id, { kind: 'status', status: 'finished', endedAt: 20 })
    const { input: kept, ...found } = (await pipelines.find(id)) ?? { input: undefined }
    expectEqual(found, {
      id,
      pipeline: 'p',
      status: 'finished',
      startedAt: 10,
      endedAt: 20,
      runId: 'r',
      steps: [finished],
    })
    expectEqual([kept?.digest, [...(kept?.body ?? [])]], [input.digest, [...input.body]])
    expectEqual([...((await stepOutputs.read(output.digest))?.body ?? [])], [...output.body])
    await expectCode(pipelines.change(fresh(), { kind: 'status', status: 'failed' }), 'mlops/not-found')
  })

  it('lists runs newest first, by name and status', async () => {
    const { pipelines } = await make()
    const [pipeline, first, second] = [fresh(), fresh(), fresh()]
    for (const id of [first, second])
      await pipelines.create({ id, pipeline, startedAt: 1, runId: 'r', input: outputOf('in') })
    await pipelines.change(first, { kind: 'status', status: 'failed' })
    expectEqual(
      (await pipelines.list({ pipeline })).map(({ id }) => id),
      [second, first],
    )
    expectEqual(
      (await pipelines.list({ pipeline, status: 'running' })).map(({ id }) => id),
      [second],
    )
  })

  it('shares the newest answer of a key, and only those that may be', async () => {
    const { pipelines, stepOutputs } = await make()
    const [id, key, alone] = [fresh(), fresh(), fresh()]
    await pipelines.create({ id, pipeline: 'p', startedAt: 1, runId: 'r', input: outputOf('in') })
    const step = (name: string, of: string, output: StoredOutput) =>
      ({ name, status: 'finished', runId: 's', key: of, output: output.digest }) as const
    for (const text of ['old', 'new']) {
      const output = outputOf(text)
      await pipelines.change(id, { kind: 'step', step: step('a', key, output), output, isShared: true })
    }
    await pipelines.change(id, { kind: 'step', step: step('b', alone, outputOf('own')), output: outputOf('own') })
    expectEqual((await stepOutputs.cached(key))?.digest, outputOf('new').digest)
    expectEqual(await stepOutputs.cached(alone), undefined)
    expectEqual(await stepOutputs.cached(fresh()), undefined)
  })

  it('prunes answers that nobody needs, and no other', async () => {
    const { pipelines, stepOutputs } = await make()
    const [id, key] = [fresh(), fresh()]
    const [needed, old] = [outputOf(fresh()), outputOf(fresh())]
    await pipelines.create({ id, pipeline: 'p', startedAt: 1, runId: 'r', input: outputOf('in') })
    const step = { name: 'a', status: 'finished', runId: 's', key } as const
    for (const output of [old, needed]) {
      await pipelines.change(id, { kind: 'step', step: { ...step, output: output.digest }, output, isShared: true })
    }
    await stepOutputs.prune(Number.MAX_SAFE_INTEGER)
    expectEqual(await stepOutputs.cached(key), undefined)
    expectEqual(await stepOutputs.read(old.digest), undefined)
    expectEqual((await stepOutputs.read(needed.digest))?.kind, 'json')
  })
}

function fresh(): string {
  return crypto.randomUUID()
}

function outputOf(text: string): StoredOutput {
  return { digest: `digest-of-${text}`, kind: 'json', body: new TextEncoder().encode(JSON.stringify(text)) }
}
