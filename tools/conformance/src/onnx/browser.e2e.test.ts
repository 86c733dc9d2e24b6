import { readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { basename, dirname, join } from 'node:path'

import { chromium } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'

import { installedChromium } from './chromium.ts'
import { ALLOWED, type ExportedCase, exportedCases } from './exported-cases.ts'

const TYPES: Readonly<Record<string, string>> = { mjs: 'text/javascript', wasm: 'application/wasm', html: 'text/html' }
const runtimeFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'))

let server: Server | undefined
afterAll(() => server?.close())

// What a page does with a file and the rows, by onnxruntime-web from this very server; its functions are those of a browser.
const PAGE = `<!doctype html><title>onnx</title><script type="module">
  import * as ort from '/runtime/ort.wasm.min.mjs'
  ort.env.wasm.wasmPaths = '/runtime/'
  ort.env.wasm.numThreads = 1
  const doubles = new Float64Array(await (await fetch('/rows')).arrayBuffer())
  globalThis.scoresOf = async (name, dtype, columns) => {
    const session = await ort.InferenceSession.create('/files/' + name, { executionProviders: ['wasm'] })
    const data = dtype === 'float' ? Float32Array.from(doubles) : doubles
    const rows = new ort.Tensor(dtype === 'float' ? 'float32' : 'float64', data, [data.length / columns, columns])
    const { score } = await session.run({ rows }, ['score'])
    await session.release()
    return Array.from(score.data)
  }
  globalThis.isReady = true
</script>`

async function respond(path: string, cases: ReadonlyArray<ExportedCase>, response: ServerResponse): Promise<void> {
  const [, kind, name = ''] = path.split('/')
  const rows = cases[0]?.rows.data ?? new Float64Array()
  const body =
    kind === 'runtime'
      ? await readFile(join(runtimeFolder, basename(name)))
      : kind === 'files'
        ? cases.find((one) => one.name === name)?.file
        : kind === 'rows'
          ? new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)
          : PAGE
  const type = TYPES[kind === 'runtime' ? (name.split('.').at(-1) ?? '') : kind === '' ? 'html' : '']
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': type ?? 'application/octet-stream' })
  response.end(body)
}

async function serve(cases: ReadonlyArray<ExportedCase>): Promise<string> {
  const started = createServer((request, response) => {
    respond(request.url ?? '/', cases, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  server = started
  await new Promise<void>((resolve) => void started.listen(0, '127.0.0.1', resolve))
  const { port } = started.address() as AddressInfo // of a TCP server that listens
  return `http://127.0.0.1:${port}/`
}

const installed = installedChromium()
const title = 'scores in onnxruntime-web in a Chromium as here, with every exported model'
const note = installed.kind === 'absent' ? ` (left out: ${installed.why})` : ''

it.skipIf(installed.kind === 'absent')(`${title}${note}`, { timeout: 180_000 }, async () => {
  const cases = await exportedCases()
  const url = await serve(cases)
  const browser = await chromium.launch({
    executablePath: installed.kind === 'ready' ? installed.path : '',
    args: ['--no-sandbox'],
  })
  try {
    const page = await browser.newPage()
    await page.goto(url)
    await page.waitForFunction('globalThis.isReady === true')
    for (const { name, dtype, rows, scores } of cases) {
      const call = `scoresOf(${JSON.stringify(name)}, ${JSON.stringify(dtype)}, ${rows.columns})`
      const found = await page.evaluate<ReadonlyArray<number>>(call)
      const worst = scores.reduce((most, score, row) => {
        return Math.max(most, Math.abs((found[row] ?? Number.NaN) - score) / Math.max(1, Math.abs(score)))
      }, 0)
      expect(worst, name).toBeLessThanOrEqual(ALLOWED[dtype])
    }
  } finally {
    await browser.close()
  }
})
