import { median } from '../median.ts'
import { HttpClient } from './http-client.ts'

/** What was measured of one server. Times in milliseconds. */
export interface ServerFigures {
  readonly startMs: number
  readonly logMetricMs: number
  readonly rowsPerSecond: number
  readonly clients: ClientFigures
}

/** What 20 clients did at once. */
export interface ClientFigures {
  readonly calls: number
  readonly seconds: number
  readonly errors: number
  readonly lost: number
  readonly p50Ms: number
}

const BATCH = 1000
const CLIENTS = 20

/** log_metric and log_batch of one client, then log_metric of 20 at once. */
export async function measureServer(url: string, seconds: number): Promise<Omit<ServerFigures, 'startMs'>> {
  const client = new HttpClient(url)
  const run = await newRun(client)
  const single = await timed(2, 20, (i) =>
    client.post('runs/log-metric', { run_id: run, key: 'single', value: i, timestamp: i, step: i }),
  )
  const batches = await timed(2, 5, (i) =>
    client.post('runs/log-batch', {
      run_id: run,
      metrics: Array.from({ length: BATCH }, (_, at) => ({
        key: 'batch',
        value: at,
        timestamp: i,
        step: i * BATCH + at,
      })),
    }),
  )
  const total = batches.reduce((sum, ms) => sum + ms, 0)
  client.close()
  return {
    logMetricMs: median(single),
    rowsPerSecond: (1000 * BATCH * batches.length) / total,
    clients: await manyClients(url, seconds),
  }
}

/** The middle time of a search for 100 runs. */
export async function measureSearch(url: string, experimentIds: ReadonlyArray<string>): Promise<ReadonlyArray<number>> {
  const client = new HttpClient(url)
  const times: number[] = []
  for (const search of searches) {
    const body = { experiment_ids: experimentIds, max_results: 100, ...search.body }
    times.push(median(await timed(2, 5, () => client.post('runs/search', body))))
  }
  client.close()
  return times
}

/** What is searched for. */
export const searches: ReadonlyArray<{ readonly name: string; readonly body: object }> = [
  { name: 'newest first', body: {} },
  { name: 'one metric', body: { filter: 'metrics.m0 > 0.5' } },
  {
    name: 'metric, param and tag, by a metric',
    body: {
      filter: "metrics.m0 > 0.5 AND params.p1 = '3' AND tags.t2 = 'v7'",
      order_by: ['metrics.m3 DESC'],
    },
  },
]

async function manyClients(url: string, seconds: number): Promise<ClientFigures> {
  const until = performance.now() + 1000 * seconds
  const started = performance.now()
  const times: number[] = []
  const all = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new HttpClient(url)
      const run = await newRun(client)
      let [calls, errors] = [0, 0]
      while (performance.now() < until) {
        const start = performance.now()
        try {
          await client.post('runs/log-metric', { run_id: run, key: 'm', value: calls, timestamp: calls, step: calls })
          calls += 1
          times.push(performance.now() - start)
        } catch {
          errors += 1 // counted and shown: that is what is measured
        }
      }
      client.close()
      return { run, calls, errors }
    }),
  )
  const took = (performance.now() - started) / 1000
  let lost = 0
  for (const { run, calls } of all) lost += calls - (await pointsOf(url, run))
  return {
    calls: all.reduce((sum, { calls }) => sum + calls, 0),
    seconds: took,
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    lost,
    p50Ms: median(times),
  }
}

async function pointsOf(url: string, run: string): Promise<number> {
  let [points, token] = [0, '']
  do {
    const query = new URLSearchParams({ run_id: run, metric_key: 'm', max_results: '25000' })
    if (token !== '') query.set('page_token', token)
    const response = await fetch(`${url}/api/2.0/mlflow/metrics/get-history?${query.toString()}`)
    const page = (await response.json()) as {
      readonly metrics?: ReadonlyArray<object>
      readonly next_page_token?: string
    }
    points += page.metrics?.length ?? 0 // both servers answer so
    token = page.next_page_token ?? ''
  } while (token !== '')
  return points
}

async function newRun(client: HttpClient): Promise<string> {
  const answer = JSON.parse(await client.post('runs/create', { experiment_id: '0', start_time: Date.now() }))
  return answer.run.info.run_id
}

/** Times calls one after another, for some seconds and at least so many; the first one warms. */
async function timed(
  seconds: number,
  least: number,
  call: (i: number) => Promise<unknown>,
): Promise<ReadonlyArray<number>> {
  await call(0)
  const times: number[] = []
  const until = performance.now() + 1000 * seconds
  for (let i = 1; times.length < least || performance.now() < until; i++) {
    const start = performance.now()
    await call(i)
    times.push(performance.now() - start)
  }
  return times
}
