import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { workspaceRoot } from '../workspace-root.ts'

// Only warns: the linter refuses what is longer than 400 lines.
const LIMIT = 300

const sources = globSync(['packages/*/*/src/**/*.ts', 'configurations/*/src/**/*.ts', 'tools/*/src/**/*.ts'], {
  cwd: workspaceRoot,
}).filter((path) => !path.endsWith('.wasm.ts'))

for (const path of sources.toSorted()) {
  const lines = readFileSync(join(workspaceRoot, path), 'utf8').split('\n').length - 1
  if (lines > LIMIT) console.log(`warning: ${path} has ${lines} lines; one concept rarely needs more than ${LIMIT}`)
}
console.log(`${sources.length} files read`)
