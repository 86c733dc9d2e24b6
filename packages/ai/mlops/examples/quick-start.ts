import { ExperimentTracker } from '@nomaly/ai-mlops'
import { openMlopsStore } from '@nomaly/ai-mlops/node'

const store = openMlopsStore({ path: ':memory:' }) // or a file: './mlops.db'
const tracker = new ExperimentTracker(store)

const run = await tracker.startRun({ experiment: 'fraud', name: 'first' })
run.logParams({ algorithm: 'iforest', trees: 100 })
for (let step = 0; step < 10; step++) run.logMetric('loss', 1 / (step + 1), { step })
await run.logText('report.md', '# All went well')
await run.end() // everything is stored now, or this throws

// A run ends as FAILED when its work throws.
await tracker.run({ experiment: 'fraud', name: 'second' }, (second) => second.logMetric('loss', 0.05))

const { items } = await tracker.searchRuns({
  experiments: ['fraud'],
  filter: "metrics.loss < 0.5 AND (params.trees = '100' OR tags.team LIKE 'risk%')",
  orderBy: ['metrics.loss ASC'],
})
for (const { name, status, metrics } of items) console.log(name, status, metrics['loss'])
// first FINISHED { value: 0.1, step: 9, at: ..., min: 0.1, max: 1, count: 10 }

await store.close()
