import { createContext, runInContext } from 'node:vm'

import { datasetFromRows, detect, detectorIds } from '@nomaly/ai-anomaly-detection'
import { AnomalyStream } from '@nomaly/ai-anomaly-detection/streaming'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

// What a browser has and the language itself has not; no `process`, `require` or `Buffer`.
const webGlobals = { atob, btoa, crypto, performance, AbortSignal, structuredClone }

const page = `
  import { datasetFromRows, detect, detectorIds } from '@nomaly/ai-anomaly-detection'
  globalThis.scores = JSON.stringify((${scoresOfAll.toString()})(datasetFromRows, detect, detectorIds))
`

it('bundles for a browser without node: modules, and every detector scores there as here', async () => {
  const bundle = await build({
    stdin: { contents: page, resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
    logLevel: 'silent',
  })
  const context = createContext({ ...webGlobals })
  runInContext(bundle.outputFiles[0]?.text ?? '', context)
  const scores: unknown = JSON.parse(String(runInContext('globalThis.scores', context)))
  expect(scores).toEqual(scoresOfAll(datasetFromRows, detect, detectorIds))
})

const streamPage = `
  import { AnomalyStream } from '@nomaly/ai-anomaly-detection/streaming'
  globalThis.results = JSON.stringify((${streamed.toString()})(AnomalyStream))
`

it('bundles streams for a browser, which go on from their state there as here', async () => {
  const bundle = await build({
    stdin: { contents: streamPage, resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
    logLevel: 'silent',
  })
  const context = createContext({ ...webGlobals, TextDecoder, TextEncoder })
  runInContext(bundle.outputFiles[0]?.text ?? '', context)
  expect(runInContext('globalThis.results', context)).toBe(JSON.stringify(streamed(AnomalyStream)))
})

// As below.
function streamed(Stream: typeof AnomalyStream): ReadonlyArray<unknown> {
  let stream = new Stream({ features: ['a', 'b'], detector: 'rcf', key: 'host', falseAlarms: 0.01 })
  const results: unknown[] = []
  for (let i = 0; i < 900; i++) {
    if (i === 500) stream = new Stream({ from: JSON.parse(JSON.stringify(stream)) })
    results.push(
      ...stream.push({ host: `h${i % 3}`, a: ((i * 37) % 101) / 101, b: i === 800 ? 9 : ((i * 53) % 97) / 97 }),
    )
  }
  return results
}

// Plain enough to run from its text: in the page, and here.
function scoresOfAll(
  fromRows: typeof datasetFromRows,
  detectBy: typeof detect,
  ids: typeof detectorIds,
): ReadonlyArray<readonly [string, ReadonlyArray<number>]> {
  const rows = Array.from({ length: 200 }, (_, i) => [
    ((i * 37) % 101) / 101,
    ((i * 53) % 97) / 97,
    ((i * 71) % 89) / 89,
  ])
  rows.push([9, 9, 9])
  const dataset = fromRows(rows)
  return ids.map((detector) => [detector, [...detectBy(dataset, { detector, seed: 1 }).scores]])
}
