import { createContext, runInContext } from 'node:vm'

import { memoryEngine, profileReport, profileTable, recordsTable } from '@nomaly/data-profiling'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

// What a browser has and the language itself has not; no `process`, `require` or `Buffer`.
const webGlobals = { atob, btoa, URL, AbortSignal, TextEncoder, TextDecoder }

const page = `
  import { memoryEngine, profileReport, profileTable, recordsTable } from '@nomaly/data-profiling'
  globalThis.pageOf = (${pageOf.toString()})(memoryEngine, profileReport, profileTable, recordsTable)
`

it('bundles for a browser without node: modules, and profiles there as here', async () => {
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
  const there: unknown = await runInContext('globalThis.pageOf', context)
  expect(there).toBe(await pageOf(memoryEngine, profileReport, profileTable, recordsTable))
})

// Plain enough to run from its text: in the page, and here.
async function pageOf(
  engineOf: typeof memoryEngine,
  reportOf: typeof profileReport,
  profile: typeof profileTable,
  tableOf: typeof recordsTable,
): Promise<string> {
  const rows = Array.from({ length: 300 }, (_, i) => ({
    n: (i * 37) % 101,
    mail: `p${i}@example.org`,
    word: 'abc'[i % 3],
  }))
  return reportOf(await profile({ engine: engineOf(tableOf(rows)), now: () => 0 }))
}
