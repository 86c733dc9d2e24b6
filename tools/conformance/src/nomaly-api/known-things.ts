/** Fills a server with one of everything, so that a fuzzer that knows the ids gets past "there is none". */
const ROWS = Array.from({ length: 60 }, (_, row) => [Math.sin(row), row === 30 ? 40 : Math.cos(row * 1.7), row])
const CSV = `a,b,t\n${ROWS.map((row) => row.join(',')).join('\n')}\n`

/** Ids and names of what is there, for parameters of the same meaning. */
export interface KnownThings {
  readonly ids: ReadonlyArray<string>
  readonly names: ReadonlyArray<string>
}

/** Makes them. @throws Error where the server refuses */
export async function makeKnownThings(url: string): Promise<KnownThings> {
  const api = `${url}/api/v1`
  const datasets: string[] = []
  for (let i = 0; i < 3; i++) datasets.push((await sent(`${api}/datasets?name=known.csv`, CSV, 'text/csv')).id)
  const [dataset] = datasets
  const made = [
    await sent(`${api}/models/known/versions`, { dataset, columns: ['a', 'b'], contamination: 0.02 }),
    await sent(`${api}/profiles?format=csv`, CSV, 'text/csv'),
    await sent(`${api}/webhooks`, { url: 'https://hooks.invalid/', patterns: ['nomaly.never.*'] }),
    await sent(`${api}/streams`, { name: 'known', detector: 'ewma', calibrator: 'none', threshold: 8, drift: {} }),
  ]
  const suite = { name: 'known', expectations: [{ type: 'expectColumnToExist', kwargs: { column: 'a' } }] }
  await sent(`${api}/quality/suites/known`, suite, 'application/json', 'PUT')
  made.push(await sent(`${api}/quality/checks`, { rows: [{ a: 1 }, { a: 2 }], suite: 'known' }))
  await sent(`${api}/streams/known/samples`, '{"v": 1}\n{"v": 2}\n', 'application/x-ndjson')
  const job = await sent(`${api}/jobs`, { kind: 'detect', input: { dataset, columns: ['a', 'b'] } })
  const result = await resultOf(`${api}/jobs/${job.id}`)
  const ids = [...datasets, ...made.map(({ id }) => id), job.id, result, 'iforest'].filter((id) => id !== undefined)
  return { ids, names: ['known'] }
}

async function resultOf(job: string): Promise<string> {
  for (;;) {
    const answer = await fetch(job)
    const { state, output } = (await answer.json()) as { state: string; output?: { result?: string } } // as described
    if (output?.result !== undefined) return output.result
    if (!['waiting', 'running'].includes(state)) throw new Error(`the job is ${state}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function sent(url: string, body: unknown, type = 'application/json', method = 'POST'): Promise<{ id: string }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(url, { method, headers: { 'content-type': type }, body: text })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { id: string } // as described; those without one are left out
}
