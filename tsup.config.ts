import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { defineConfig } from 'tsup'

// One configuration for every package: its entries are what its exports map and bin name, dist/x.js from src/x.ts.
const manifest: {
  exports?: Record<string, string | { default: string }>
  bin?: Record<string, string>
} = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8'))

const targets = [
  ...Object.values(manifest.exports ?? {}).map((entry) => (typeof entry === 'string' ? entry : entry.default)),
  ...Object.values(manifest.bin ?? {}),
]

const entry = Object.fromEntries(
  targets
    .map((target) => /^(?:\.\/)?dist\/(.+)\.js$/.exec(target)?.[1])
    .filter((name) => name !== undefined)
    .map((name) => [name, `src/${name}.ts`]),
)

export default defineConfig({
  entry,
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  dts: false,
  clean: true,
  sourcemap: false, // the code is not minified, and maps would be half of what users download
  splitting: true,
})
