import { ModelMonitor } from '@nomaly/ai-mlops'
import { openMlopsStore } from '@nomaly/ai-mlops/node'

const store = openMlopsStore({ path: ':memory:' }) // or a file
const monitor = new ModelMonitor({ ...store, now: Date.now })

// Payments, and how a model scores them: the reference is of a time when all was well, with the truth.
const chance = (n: number) => Math.abs(Math.sin(n * 12.9898) * 43758.5453) % 1
const payment = (id: number, shift = 0) => {
  const amount = 100 * chance(id) + shift
  const score = 1 / (1 + Math.exp((50 - amount) / 10))
  const country = chance(id + 0.3) < 0.3 ? 'FR' : 'DE'
  return { id, amount, country, score, flagged: score > 0.5, isFraud: chance(id + 0.6) < score }
}
const reference = Array.from({ length: 1000 }, (_, id) => payment(id))
await monitor.define(
  {
    name: 'fraud-live',
    features: [
      { name: 'amount', kind: 'numeric' },
      { name: 'country', kind: 'categorical' },
    ],
    output: { kind: 'binary', prediction: 'flagged', score: 'score', positive: true },
    target: 'isFraud',
    id: 'id',
    window: { by: 'size', size: 200 },
  },
  reference,
)

// What the model sees now has no labels yet. Each 200 rows are one window.
const live = Array.from({ length: 200 }, (_, i) => ({ ...payment(5000 + i, 30), isFraud: undefined }))
for (const report of await monitor.observe('fraud-live', live)) {
  for (const { kind, what } of report.alerts) console.log(kind, what)
  for (const { metric, value, band } of report.findings.estimated) console.log('estimated', metric, value, band)
}

// The truth comes weeks later.
const labels = live.map(({ id }) => ({ id, label: payment(id, 30).isFraud }))
for (const { findings } of await monitor.label('fraud-live', labels)) {
  for (const { metric, value } of findings.realised) console.log('realised', metric, value)
}
await store.close()
