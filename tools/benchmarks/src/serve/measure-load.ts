import autocannon from 'autocannon'

/** What a server bore. */
export interface Load {
  readonly clients: number
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Requests without an answer, or with one that is not 2xx. */
  readonly failed: number
}

/** Posts the same body from so many clients at once, each waiting for its answer, after two seconds of the same as practice. */
export async function measureLoad(url: string, body: string, clients: number, seconds: number): Promise<Load> {
  const load = {
    url,
    connections: clients,
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  } as const
  await autocannon({ ...load, duration: 2 })
  const { requests, latency, non2xx, errors } = await autocannon({ ...load, duration: seconds })
  return {
    clients,
    requestsPerSecond: requests.average,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    failed: non2xx + errors,
  }
}
