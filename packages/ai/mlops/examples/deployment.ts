import { Deployments, PredictionRecorder, allTo, canary, shadowed } from '@nomaly/ai-mlops'
import { openMlopsStore } from '@nomaly/ai-mlops/node'

const store = openMlopsStore({ path: ':memory:' })
await store.registeredModels.create({ name: 'fraud' })
for (const version of [1, 2])
  await store.modelVersions.create({ name: 'fraud', source: `s3://models/fraud/${version}` })

const deployments = new Deployments({
  ...store,
  // Called when a version gets its first input: read its files, make something that predicts.
  predictors: { load: async ({ version }) => ({ predict: (input) => ({ input, answeredBy: version }) }) },
  recorder: new PredictionRecorder(store.predictions),
  now: Date.now,
  newId: () => crypto.randomUUID(),
  random: Math.random,
  onError: console.error,
})
await deployments.create({ name: 'score', model: 'fraud', routing: allTo('1') })

// Version 2 sees all inputs, and its answers nobody; then a tenth of the customers gets it; then all do, or none.
await deployments.route('score', shadowed('1', '2'), { reason: 'watch it first' })
console.log(await deployments.predict('score', { amount: 12 }, { log: true }))
await deployments.route('score', canary('1', '2', 0.1), { by: 'ann' })
console.log((await deployments.predict('score', { amount: 12 }, { key: 'customer-17', log: true })).version)
await deployments.rollBack('score', { reason: 'complaints' })
console.log((await deployments.find('score'))?.current)

await deployments.close()
for (const { version, role, input, output } of (await store.predictions.read({ endpoint: 'score' })).items)
  console.log(version, role, input, output)
await store.close()
