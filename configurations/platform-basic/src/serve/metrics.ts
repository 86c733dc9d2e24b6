import type { Counts, JobCounts } from '@nomaly/integration-sqlite'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the platform counts of itself. */
export interface Metrics {
  readonly request: (request: { readonly method: string; readonly status: number; readonly durationMs: number }) => void
  /** As Prometheus reads it. */
  readonly text: () => Promise<{ readonly body: string; readonly type: string }>
}

/** What is asked for when somebody reads. */
export interface MetricSources {
  readonly jobCounts: () => Promise<JobCounts>
  /** What has happened since the data folder was made, by what it is. */
  readonly totals: () => Promise<Counts>
  /** What has become of the samples of each stream. */
  readonly streamCounts: () => Promise<ReadonlyMap<string, Readonly<Record<string, number>>>>
}

/** Counts requests, jobs, what happens, and the process: memory, processor, event loop, garbage collection. */
export function createMetrics({ jobCounts, totals, streamCounts }: MetricSources): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labelNames = ['method', 'status'] as const
  const requests = new Counter({
    name: 'nomaly_http_requests_total',
    help: 'Requests answered.',
    labelNames,
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'nomaly_http_request_duration_seconds',
    help: 'From the request to the head of the answer.',
    labelNames,
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  })
  registry.registerMetric(
    new Gauge({
      name: 'nomaly_jobs',
      help: 'Jobs that wait, by queue, and that run.',
      labelNames: ['state', 'queue'],
      registers: [],
      async collect() {
        const { waiting, running } = await jobCounts()
        for (const [queue, count] of Object.entries(waiting)) this.set({ state: 'waiting', queue }, count)
        this.set({ state: 'running', queue: '' }, running)
      },
    }),
  )
  registry.registerMetric(
    new Counter({
      name: 'nomaly_activity_total',
      help: 'What has happened, as /api/v1/analytics tells it by day.',
      labelNames: ['what'],
      registers: [],
      async collect() {
        const counts = await totals()
        this.reset()
        for (const [what, count] of Object.entries(counts)) this.inc({ what }, count)
      },
    }),
  )
  registry.registerMetric(
    new Counter({
      name: 'nomaly_stream_activity_total',
      help: 'What has become of the samples of each stream.',
      labelNames: ['stream', 'what'],
      registers: [],
      async collect() {
        const streams = await streamCounts()
        this.reset()
        for (const [stream, counts] of streams) {
          for (const [what, count] of Object.entries(counts)) this.inc({ stream, what }, count)
        }
      },
    }),
  )
  return {
    request: ({ method, status, durationMs }) => {
      const labels = { method, status: String(status) }
      requests.inc(labels)
      durations.observe(labels, durationMs / 1000)
    },
    text: async () => ({ body: await registry.metrics(), type: registry.contentType }),
  }
}
