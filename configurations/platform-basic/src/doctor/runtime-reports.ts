import { availableParallelism, totalmem } from 'node:os'

import { installedOnnxRuntime } from '@nomaly/ai-anomaly-detection/onnx'

import type { PartReport } from './part-report.ts'

const OLDEST_NODE = [22, 13] as const

// What a model needs that came in as an ONNX file, and a file that went out to be verified.
function onnxReport(): PartReport {
  const version = installedOnnxRuntime()
  return version === undefined
    ? {
        part: 'onnxruntime-node',
        state: 'off',
        detail: 'not installed: models can be exported as ONNX files, and no ONNX file can be run',
        mend: 'npm install onnxruntime-node, beside nomaly',
      }
    : { part: 'onnxruntime-node', state: 'on', detail: `${version} runs ONNX models` }
}

/** What the runtime gives. */
export function runtimeReports(): ReadonlyArray<PartReport> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GB of memory`
  return [
    {
      part: 'node',
      state: isOld ? 'failed' : 'on',
      detail: process.versions.node,
      mend: isOld ? `install Node ${OLDEST_NODE.join('.')} or newer` : undefined,
    },
    {
      part: 'platform',
      state: 'on',
      detail: `${process.platform} ${process.arch}, ${availableParallelism()} processors, ${memory}`,
    },
    !('WebAssembly' in globalThis)
      ? {
          part: 'WebAssembly',
          state: 'off',
          detail: 'switched off in this runtime: isolation forests are walked in plain JavaScript, same scores, slower',
          mend: 'start node without --jitless',
        }
      : { part: 'WebAssembly', state: 'on', detail: 'isolation forests are walked by a WebAssembly kernel' },
    process.features.typescript === false || process.features.typescript === undefined
      ? {
          part: 'nomaly.config.ts',
          state: 'off',
          detail: 'this Node does not read TypeScript; nomaly.config.json works',
          mend: 'install Node 22.18 or newer',
        }
      : { part: 'nomaly.config.ts', state: 'on', detail: 'Node reads TypeScript by itself' },
    onnxReport(),
  ]
}
