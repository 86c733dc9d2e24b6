import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** One broken rule: where it was broken and what was reached. */
export interface Violation {
  readonly rule: string
  readonly from: string
  readonly to: string
  /** The files of a circle from `from` back to it; empty for other rules. */
  readonly circle: ReadonlyArray<string>
}

/** What dependency-cruiser read, and what it found. `modules` of 0 means that it could not read TypeScript at all. */
export interface CruiseReport {
  readonly modules: number
  readonly dependencies: number
  readonly violations: ReadonlyArray<Violation>
}

interface CruiseJson {
  readonly summary: {
    readonly totalCruised: number
    readonly totalDependenciesCruised: number
    readonly violations: ReadonlyArray<{
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
      readonly cycle?: ReadonlyArray<{ readonly name: string }>
    }>
  }
}

/**
 * Runs dependency-cruiser with the rules of `house` over some of its folders.
 * @param workspace - absolute folder whose node_modules hold dependency-cruiser
 * @param house - absolute folder that holds .dependency-cruiser.cjs and `folders`
 */
export function cruise(workspace: string, house: string, folders: ReadonlyArray<string>): Promise<CruiseReport> {
  const bin = join(workspace, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--no-progress']
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [bin, ...folders, ...options],
      { cwd: house, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        try {
          resolve(reportOf(JSON.parse(stdout)))
        } catch {
          reject(new Error(`dependency-cruiser failed in ${house}:\n${stderr || stdout}`, { cause: error }))
        }
      },
    )
  })
}

function reportOf({ summary }: CruiseJson): CruiseReport {
  return {
    modules: summary.totalCruised,
    dependencies: summary.totalDependenciesCruised,
    violations: summary.violations.map(({ rule, from, to, cycle = [] }) => ({
      rule: rule.name,
      from,
      to,
      circle: cycle.map(({ name }) => name),
    })),
  }
}
