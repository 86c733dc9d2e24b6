/**
 * Compiles the AssemblyScript kernels and inlines each as base64 in a TypeScript file of the domain, or of the folder that is
 * given as an argument.
 */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { main } from 'assemblyscript/asc'

const here = import.meta.dirname
const folder = process.argv[2]
const kernels = [
  { source: 'forest-walk.ts', target: '../src/domain/forest/forest-walk.wasm.ts', name: 'forestWalkWasm' },
  { source: 'histogram-bins.ts', target: '../src/domain/histograms/histogram-bins.wasm.ts', name: 'histogramBinsWasm' },
  {
    source: 'nearest-center.ts',
    target: '../src/domain/clustering/nearest-center.wasm.ts',
    name: 'nearestCenterWasm',
  },
  {
    source: 'neighbour-search.ts',
    target: '../src/domain/neighbours/neighbour-search.wasm.ts',
    name: 'neighbourSearchWasm',
  },
  {
    source: 'profile-sweep.ts',
    target: '../src/domain/time-series/matrix-profile/profile-sweep.wasm.ts',
    name: 'profileSweepWasm',
  },
  { source: 'row-algebra.ts', target: '../src/domain/linear-algebra/row-algebra.wasm.ts', name: 'rowAlgebraWasm' },
  { source: 'sphere-cover.ts', target: '../src/domain/spheres/sphere-cover.wasm.ts', name: 'sphereCoverWasm' },
  { source: 'tail-ranks.ts', target: '../src/domain/tails/tail-ranks.wasm.ts', name: 'tailRanksWasm' },
]

for (const { source, target, name } of kernels) {
  const output = new Map<string, string | Uint8Array>()
  const { error, stderr } = await main(
    [
      source,
      '--baseDir',
      here,
      '--outFile',
      'out.wasm',
      '--runtime',
      'stub',
      '--optimizeLevel',
      '3',
      '--shrinkLevel',
      '0',
      '--noAssert',
      '--enable',
      'simd',
      '--memoryBase',
      '0',
    ],
    { writeFile: (file: string, contents: string | Uint8Array) => void output.set(file, contents) },
  )
  if (error !== null) throw new Error(`${source} does not compile: ${stderr.toString()}`, { cause: error })
  const base64 = Buffer.from(output.get('out.wasm') ?? '').toString('base64')
  const text = `/** Compiled from assembly/${source} by assembly/build.ts; do not edit. */\nexport const ${name}: string =\n  '${base64}'\n`
  writeFileSync(folder === undefined ? join(here, target) : join(folder, basename(target)), text)
}
