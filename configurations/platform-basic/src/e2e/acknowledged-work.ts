/** Work that a server is given at random, and what of it was acknowledged: that may never be lost. */
import { createHash } from 'node:crypto'

import { sampleCsv } from './spawn-nomaly.ts'

/** Numbers in [0, 1) that are the same for the same seed. Source: mulberry32, T. Ettinger. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What was acknowledged so far. */
export interface Acknowledged {
  /** Hashes of what was sent, by the id of the data set. */
  readonly datasets: Map<string, string>
  /** Ids by idempotency key. */
  readonly jobs: Map<string, string>
  /** Versions of the model `pump`. */
  readonly models: Set<number>
  /** Verdicts by result and row. */
  readonly feedback: Map<string, string>
  /** Samples of the stream `pump`. */
  samples: number
}

/** Everything that is done until the server is gone. */
export class RandomWork {
  readonly acknowledged: Acknowledged = {
    datasets: new Map(),
    jobs: new Map(),
    models: new Set(),
    feedback: new Map(),
    samples: 0,
  }
  /** Hashes of all that was sent, acknowledged or not. */
  readonly sent: Set<string> = new Set()
  readonly #random: () => number
  readonly #dataset: string
  #count = 0

  /** @param dataset - of sample.csv, for jobs */
  constructor(random: () => number, dataset: string) {
    this.#random = random
    this.#dataset = dataset
  }

  /** Works until a request fails, which it does when the server is killed. */
  async run(api: string): Promise<void> {
    const kinds: ReadonlyArray<() => Promise<void>> = [
      () => this.#upload(api),
      () => this.#job(api),
      () => this.#job(api),
      () => this.#samples(api),
      () => this.#feedback(api),
      () => this.#train(api),
      () => this.#detect(api),
    ]
    const worker = async (): Promise<void> => {
      for (;;) {
        const kind = kinds[Math.floor(this.#random() * kinds.length)]
        const isDone = await kind?.().catch(() => false) // a request that broke off was not acknowledged
        if (isDone === false) return
      }
    }
    await Promise.all([worker(), worker(), worker()])
  }

  async #upload(api: string): Promise<void> {
    const rows = this.#random() < 0.2 ? 60_000 : 40
    const number = ++this.#count
    const content = `a,b\n${Array.from({ length: rows }, (_, row) => `${row},${number}\n`).join('')}`
    const hash = createHash('sha256').update(content).digest('hex')
    this.sent.add(hash)
    const answer = await fetch(`${api}/datasets?name=u${number}.csv`, { method: 'POST', body: content })
    const { id } = (await answer.json()) as { readonly id: string } // as described
    if (answer.status === 201) this.acknowledged.datasets.set(id, hash)
  }

  async #job(api: string): Promise<void> {
    const key = `job-${++this.#count}`
    const input = { dataset: this.#dataset, columns: ['a', 'b'], contamination: 0.02, seed: this.#count }
    // an attempt that ends with the process counts
    const answer = await post(`${api}/jobs`, { kind: 'detect', input, attempts: 100 }, { 'idempotency-key': key })
    const { id } = (await answer.json()) as { readonly id: string } // as described
    if (answer.status === 202) this.acknowledged.jobs.set(key, id)
  }

  // One at a time, as each says where it begins.
  #pushing: Promise<void> = Promise.resolve()
  #samples(api: string): Promise<void> {
    this.#pushing = this.#pushing.catch(() => undefined).then(() => this.#push(api))
    return this.#pushing
  }

  async #push(api: string): Promise<void> {
    const from = this.acknowledged.samples
    const body = Array.from({ length: 50 }, (_, i) => `{"v": ${Math.sin(from + i)}}\n`).join('')
    const headers = { 'content-type': 'application/x-ndjson' }
    const answer = await fetch(`${api}/streams/pump/samples?from=${from}`, { method: 'POST', headers, body })
    const { next } = (await answer.json()) as { readonly next: number } // as described
    if (answer.status === 200) this.acknowledged.samples = next
  }

  async #feedback(api: string): Promise<void> {
    const { results } = (await (await fetch(`${api}/results?limit=1`)).json()) as { results: { id: string }[] } // as described
    const [result] = results
    if (result === undefined) return
    const row = Math.floor(this.#random() * 60)
    const verdict = this.#random() < 0.5 ? 'true_alarm' : 'false_alarm'
    const at = `${result.id}/feedback/${row}`
    this.acknowledged.feedback.delete(at) // until it is answered it may be the one or the other
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ verdict })
    const answer = await fetch(`${api}/results/${at}`, { method: 'PUT', headers, body })
    if (answer.status === 200) this.acknowledged.feedback.set(at, verdict)
  }

  async #train(api: string): Promise<void> {
    const answer = await post(`${api}/models/pump/versions`, { dataset: this.#dataset, columns: ['a', 'b'] })
    const { version } = (await answer.json()) as { readonly version: number } // as described
    if (answer.status === 201) this.acknowledged.models.add(version)
  }

  async #detect(api: string): Promise<void> {
    await (await post(`${api}/detect`, { dataset: this.#dataset, columns: ['a', 'b'] })).arrayBuffer()
  }
}

/** Posts JSON. */
export function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** Uploads sample.csv. @returns its id */
export async function addSample(api: string): Promise<string> {
  const answer = await fetch(`${api}/datasets?name=sample.csv`, { method: 'POST', body: sampleCsv() })
  return ((await answer.json()) as { readonly id: string }).id // as described
}
