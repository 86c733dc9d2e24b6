import { EventDispatcher, ModelRegistry, approvedBy, metricAtLeast, noWorseThan } from '@nomaly/ai-mlops'
import { openMlopsStore } from '@nomaly/ai-mlops/node'

const store = openMlopsStore({ path: ':memory:' }) // or a file
const registry = new ModelRegistry({ ...store, now: Date.now })

// Whoever subscribes gets each event at least once, also when the process ends in between.
const dispatcher = new EventDispatcher({
  ...store,
  handlers: [
    {
      name: 'announce',
      patterns: ['nomaly.model.promoted', 'nomaly.promotion.refused'],
      handle: async ({ event }) => console.log(event.type, event.subject),
    },
  ],
  now: Date.now,
  random: Math.random,
  onError: console.error,
})
await dispatcher.start()

// A run's model becomes a version, with its lineage.
const run = await store.runs.create({ experimentId: '0' })
await store.log.log(run.id, { metrics: [{ key: 'auc', value: 0.93, at: Date.now(), step: 0 }] })
const version = await registry.register({ name: 'fraud', runId: run.id, path: 'model' })

// It becomes the champion when every gate lets it pass; what the gates saw is kept either way.
const gates = [metricAtLeast('auc', 0.9), noWorseThan('champion', 'auc'), approvedBy('ann')]
await registry.promote(version, 'champion', gates, { by: 'ci' }).catch((error) => console.log(error.message))
await registry.approve(version, 'ann', { comment: 'checked on last month' })
const promotion = await registry.promote(version, 'champion', gates, { by: 'ci' })
for (const { gate, passed, evidence } of promotion.gates) console.log(gate, passed, evidence)
console.log((await registry.version('fraud@champion')).version)

await dispatcher.drain()
await dispatcher.stop()
await store.close()
