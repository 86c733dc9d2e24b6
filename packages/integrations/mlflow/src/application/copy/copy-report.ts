import type { CopyProblem } from '../ports/tracker-source.ts'

/** How many of one kind were made, and how many were there already as they are in the source. */
export interface CopyCount {
  readonly copied: number
  readonly unchanged: number
}

/** What a copy did. */
export interface CopyReport {
  readonly experiments: CopyCount
  readonly runs: CopyCount
  readonly points: number
  readonly artifacts: CopyCount
  readonly loggedModels: CopyCount
  readonly registeredModels: CopyCount
  readonly modelVersions: CopyCount
  /** What could not be taken. */
  readonly problems: ReadonlyArray<CopyProblem>
}

type Kind = Exclude<keyof CopyReport, 'points' | 'problems'>

/** Counts while a copy runs. */
export class CopyTally {
  points = 0
  readonly problems: CopyProblem[] = []
  readonly #counts = new Map<string, number>()

  count(kind: Kind, how: keyof CopyCount): void {
    const key = `${kind} ${how}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** Notes an error and goes on; what is no refusal of the thing itself is thrown on. */
  note(what: string, error: unknown): void {
    if (!isRefusal(error)) throw error
    this.problems.push({ what, why: error.message })
  }

  report(ofSource: ReadonlyArray<CopyProblem>): CopyReport {
    const of = (kind: Kind): CopyCount => ({
      copied: this.#counts.get(`${kind} copied`) ?? 0,
      unchanged: this.#counts.get(`${kind} unchanged`) ?? 0,
    })
    return {
      experiments: of('experiments'),
      runs: of('runs'),
      points: this.points,
      artifacts: of('artifacts'),
      loggedModels: of('loggedModels'),
      registeredModels: of('registeredModels'),
      modelVersions: of('modelVersions'),
      problems: [...ofSource, ...this.problems],
    }
  }
}

const REFUSALS =
  /^[a-z-]+\/(invalid-argument|invalid-filter|invalid-state|param-changed|not-supported|already-exists|too-large|not-found)$/

/** Whether a store refused a thing for what it is; a store that fails refuses everything, and the copy has to end. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && REFUSALS.test(error.code)
}
