import type { CruiseReport, Violation } from './cruise.ts'
import type { Plant } from './plants.ts'

/** What a run over planted violations proves. Good is: all seen, and the other lists empty. */
export interface Verdict {
  readonly modules: number
  readonly seen: ReadonlyArray<Plant>
  readonly missed: ReadonlyArray<Plant>
  /** Reported in files where nothing was planted: a rule that is too strict. */
  readonly unexpected: ReadonlyArray<Violation>
  /** Rules that no plant is meant for. */
  readonly unproven: ReadonlyArray<string>
}

/** Compares what was planted with what was reported. A plant counts only if its own rule names its own file. */
export function verdictOf(plants: ReadonlyArray<Plant>, report: CruiseReport, rules: ReadonlyArray<string>): Verdict {
  const isSeen = ({ rule, at }: Plant): boolean =>
    report.violations.some((violation) => violation.rule === rule && violation.from === at)
  const planted = new Set(plants.flatMap(({ files }) => Object.keys(files)))
  return {
    modules: report.modules,
    seen: plants.filter(isSeen),
    missed: plants.filter((plant) => !isSeen(plant)),
    unexpected: report.violations.filter(({ from }) => !planted.has(from)),
    unproven: rules.filter((rule) => !plants.some((plant) => plant.rule === rule)),
  }
}
