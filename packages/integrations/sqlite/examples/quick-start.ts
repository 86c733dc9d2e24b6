import { JobRunner, openSqliteStore, OutboxEventBus } from '@nomaly/integration-sqlite'

const store = openSqliteStore({ path: ':memory:' }) // a file keeps everything
const process = { now: Date.now, random: Math.random, onError: console.error }

const bus = new OutboxEventBus({ ...store, ...process })
await bus.subscribe({
  name: 'log', // events wait under this name while nobody is there
  patterns: ['nomaly.detection.*'],
  handle: async ({ event }) => console.log(event.type, event.subject, event.data),
})
bus.start()

const runner = new JobRunner({
  ...store,
  ...process,
  handlers: {
    'sum-rows': {
      timeoutMs: 60_000,
      handle: async (input, { progress, emit, id }) => {
        const rows = Array.isArray(input) ? input.map(Number) : []
        progress({ done: rows.length, total: rows.length })
        const sum = rows.reduce((a, b) => a + b, 0)
        // Kept in one transaction with the end of the job.
        emit({
          specversion: '1.0',
          id,
          source: '/example',
          type: 'nomaly.detection.completed',
          subject: 'rows',
          data: { sum },
        })
        return { sum }
      },
    },
  },
})
runner.start()

const { job } = await store.queue.enqueue({ type: 'sum-rows', input: [1, 2, 3], queue: 'high', idempotencyKey: 'once' })
const { created } = await store.queue.enqueue({ type: 'sum-rows', input: [1, 2, 3], idempotencyKey: 'once' })
console.log('a second job?', created)

while ((await store.log.find(job.id))?.state !== 'completed') await new Promise((resolve) => setTimeout(resolve, 10))
const ended = await store.log.find(job.id)
console.log(ended?.state, ended?.output, ended?.progress)

await runner.stop()
while ((await bus.drain()) > 0) continue
await bus.stop()
await store.close()
