import { readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { run } from '../command.ts'
import { workspaceRoot as workspace } from '../workspace-root.ts'
import { type CruiseReport, cruise, type Violation } from './cruise.ts'
import { type Plant, plants } from './plants.ts'
import { buildScratchHouse } from './scratch-house.ts'
import { type Verdict, verdictOf } from './verdict.ts'

// Checks the real house, and that the rules would see a violation: both, or a green result would mean nothing.
const folders = ['packages', 'configurations', 'tools']

// With --build it builds first: imports between rooms resolve to what was built. A violation often breaks the build as
// well, so the rules are checked all the same.
const build = process.argv.includes('--build')
  ? await run('nx', ['run-many', '-t', 'build', '--nx-bail=false', '--output-style=static'])
  : undefined
if (build !== undefined && build.code !== 0) console.log(`build: FAILED\n${build.output.replaceAll(/^/gm, '    ')}`)

const [real, verdict] = await Promise.all([cruise(workspace, workspace, folders), selfTest()])
const failed = printHouse(real) + printSelfTest(verdict)
process.exitCode = failed === 0 && (build?.code ?? 0) === 0 ? 0 : 1

async function selfTest(): Promise<Verdict> {
  const house = buildScratchHouse(workspace, Object.assign({}, ...plants.map(({ files }: Plant) => files)))
  try {
    const report = await cruise(
      workspace,
      house,
      readdirSync(house).filter((name) => folders.includes(name)),
    )
    return verdictOf(plants, report, ruleNames())
  } finally {
    rmSync(house, { recursive: true, force: true })
  }
}

function ruleNames(): ReadonlyArray<string> {
  const rules: { forbidden: ReadonlyArray<{ name: string }> } = createRequire(import.meta.url)(
    join(workspace, '.dependency-cruiser.cjs'),
  )
  return [...new Set(rules.forbidden.map(({ name }) => name))]
}

function printHouse({ modules, dependencies, violations }: CruiseReport): number {
  console.log(`house: ${modules} modules, ${dependencies} dependencies, ${violations.length} violations`)
  for (const violation of violations.toSorted(lastUnresolvable)) console.log(`  FAILED  ${lineOf(violation)}`)
  if (modules === 0) console.log('  FAILED  no module was read: is the `typescript` alias for dependency-cruiser gone?')
  return violations.length + (modules === 0 ? 1 : 0)
}

function printSelfTest({ seen, missed, unexpected, unproven, modules }: Verdict): number {
  console.log(`self-test: ${seen.length} of ${seen.length + missed.length} planted violations seen, ${modules} modules`)
  for (const { what, rule } of seen) console.log(`  seen    ${what.padEnd(45)} ${rule}`)
  for (const { what, rule, at } of missed) console.log(`  FAILED  ${what}: ${rule} did not report ${at}`)
  for (const violation of unexpected)
    console.log(`  FAILED  reported although nothing was planted there: ${lineOf(violation)}`)
  for (const rule of unproven) console.log(`  FAILED  ${rule}: no planted violation proves this rule`)
  return missed.length + unexpected.length + unproven.length + (modules === 0 ? 1 : 0)
}

// What cannot be resolved often only follows from the rest.
function lastUnresolvable(a: Violation, b: Violation): number {
  return Number(a.rule === 'no-unresolvable') - Number(b.rule === 'no-unresolvable')
}

function lineOf({ rule, from, to, circle }: Violation): string {
  return `${rule}: ${[from, ...(circle.length > 0 ? circle : [to])].join(' -> ')}`
}
