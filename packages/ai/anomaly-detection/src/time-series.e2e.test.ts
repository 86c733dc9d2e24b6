import { createContext, runInContext } from 'node:vm'

import { describeTimeSeriesDetectors, detectTimeSeries } from '@nomaly/ai-anomaly-detection/time-series'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

// What a browser has and the language itself has not; no `process`, `require` or `Buffer`.
const webGlobals = { atob, btoa, crypto, performance, AbortSignal, structuredClone }

const page = `
  import { describeTimeSeriesDetectors, detectTimeSeries } from '@nomaly/ai-anomaly-detection/time-series'
  globalThis.found = JSON.stringify((${foundByAll.toString()})(describeTimeSeriesDetectors, detectTimeSeries))
`

it('time series bundle for a browser without node: modules, and every method finds there what it finds here', async () => {
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
  const found: unknown = JSON.parse(String(runInContext('globalThis.found', context)))
  expect(found).toEqual(foundByAll(describeTimeSeriesDetectors, detectTimeSeries))
})

function foundByAll(describe: typeof describeTimeSeriesDetectors, detect: typeof detectTimeSeries): unknown {
  const values = Float64Array.from(
    { length: 480 },
    (_, t) => Math.sin(t / 4) + 0.1 * Math.sin(t * t) + (t === 300 ? 5 : 0),
  )
  return describe().map(({ id }) => {
    const { scores, anomalies } = detect(values, { detector: id })
    return { id, scores: Array.from(scores), peaks: anomalies.map(({ peak }) => peak) }
  })
}
