import { type Step, runSteps } from './steps.ts'

// Everything that a commit has to keep, cheapest to understand first. Each command runs alone as well.
const independent: ReadonlyArray<Step> = [
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'typecheck', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'typecheck of the dashboard', command: ['tsc', '-p', 'configurations/platform-basic/web/tsconfig.json'] },
  { name: 'boundaries', command: ['node', 'tools/workspace/src/boundaries/check.ts'] },
  { name: 'sync', command: ['nx', 'sync:check'] },
  { name: 'knip', command: ['knip'] },
  { name: 'api', command: ['node', 'tools/workspace/src/api/check.ts'] },
  { name: 'tarballs', command: ['node', 'tools/workspace/src/hygiene/tarballs.ts'] },
  { name: 'docs', command: ['node', 'tools/docs/src/main.ts', '--check'] },
  { name: 'file length', command: ['node', 'tools/workspace/src/hygiene/long-files.ts'] },
]

// Packs by way of prepack, which rebuilds dist under the feet of whatever else would run.
const alone: ReadonlyArray<Step> = [{ name: 'release', command: ['node', 'tools/workspace/src/hygiene/release.ts'] }]

const failed = (await runSteps(independent, 2)) + (await runSteps(alone, 1))
const total = independent.length + alone.length
console.log(`check: ${total - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
