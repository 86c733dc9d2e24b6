import { PipelineRunner, pipeline } from '@nomaly/ai-mlops'
import { openMlopsStore } from '@nomaly/ai-mlops/node'

const store = openMlopsStore({ path: ':memory:' }) // or a file: then a run that was broken off can go on
const runner = new PipelineRunner({
  ...store,
  now: Date.now,
  newId: () => crypto.randomUUID(),
  random: Math.random,
})

// Steps know the types of what they need. `input` is what the pipeline is run with.
const train = pipeline<{ rows: number }>('train')
  .step('load', { needs: ['input'] }, ({ inputs }) => Array.from({ length: inputs.input.rows }, (_, i) => Math.sin(i)))
  .step('profile', { needs: ['load'] }, ({ inputs }) => ({ least: Math.min(...inputs.load) }))
  .step(
    'fit',
    { needs: ['load'], timeoutMs: 60_000, retry: { attempts: 3, firstMs: 1000, factor: 2, maxMs: 60_000 } },
    async ({ inputs, log }) => {
      const mean = inputs.load.reduce((sum, value) => sum + value, 0) / inputs.load.length
      await log({ metrics: [{ key: 'mean', value: mean, at: Date.now(), step: 0 }] })
      return { mean }
    },
  )

const { outputs, steps, runId } = await runner.run(train, { rows: 100 })
console.log(outputs.fit.mean, outputs.profile.least)
console.log(
  (await store.runs.find(runId))?.status,
  steps.map(({ step, how }) => `${step} ${how}`),
)

// The same input again: nothing is computed twice.
console.log((await runner.run(train, { rows: 100 })).steps.map(({ step, how }) => `${step} ${how}`))
await store.close()
