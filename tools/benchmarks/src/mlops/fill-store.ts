import type { MlopsStore } from '@nomaly/ai-mlops/node'

// How many of what each run has: as in the figures that the design of the store was chosen by.
const perRun = { metrics: 10, params: 10, tags: 5, experiments: 10 }

/** Values in [0, 1) that are the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** Makes that many runs over ten experiments; answers the experiments' ids. */
export async function fillStore(store: MlopsStore, runs: number, seed: number): Promise<ReadonlyArray<string>> {
  const random = randomOf(seed)
  const ids: string[] = []
  for (let index = 0; index < perRun.experiments; index++)
    ids.push((await store.experiments.create({ name: `experiment-${index}` })).id)
  const AT_ONCE = 200
  for (let start = 0; start < runs; start += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, runs - start) }, (_, index) => start + index)
    await Promise.all(numbers.map((number) => addRun(store, ids[number % ids.length] ?? '0', number, random)))
  }
  return ids
}

async function addRun(store: MlopsStore, experimentId: string, number: number, random: () => number): Promise<void> {
  const list = <T>(count: number, make: (index: number) => T): ReadonlyArray<T> =>
    Array.from({ length: count }, (_, index) => make(index))
  const { id } = await store.runs.create({ experimentId, name: `run-${number}`, startedAt: 1000 * number })
  await store.log.log(id, {
    metrics: list(perRun.metrics, (index) => ({ key: `m${index}`, value: random(), at: number, step: 0 })),
    params: list(perRun.params, (index) => ({ key: `p${index}`, value: String(Math.floor(20 * random())) })),
    // The fifth tag is the run's name.
    tags: list(perRun.tags - 1, (index) => ({ key: `t${index}`, value: `v${Math.floor(50 * random())}` })),
  })
}
