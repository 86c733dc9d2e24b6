import { createContext, runInContext } from 'node:vm'

import { build } from 'esbuild'
import { expect, it } from 'vitest'

// What a browser has and the language itself has not; no `process`, `require` or `Buffer`.
const webGlobals = { atob, btoa, crypto, performance, AbortSignal, structuredClone }

const page = `
  import { datasetFromRows, detect, describeDetectors } from '@nomaly/ai-anomaly-detection'
  const rows = Array.from({ length: 200 }, (_, i) => [Math.sin(i), Math.cos(i)])
  rows.push([9, 9])
  globalThis.found = describeDetectors().map(({ id }) => {
    const dataset = datasetFromRows(rows)
    return [id, detect(dataset, { detector: id, contamination: 0.005, seed: 1 }).anomalies()[0]?.index]
  })
`

it('bundles for a browser without node: modules, and every detector runs there', async () => {
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
  const found = JSON.parse(runInContext('JSON.stringify(globalThis.found)', context)) as Array<[string, number]>
  expect(found.length).toBeGreaterThan(5)
  for (const [id, index] of found) expect([id, index]).toEqual([id, 200])
})
