import type { Severity } from '../../../domain/expectation.ts'
import type { Place, SuiteDraft } from '../suite-draft.ts'
import type { DbtModel } from './dbt-project.ts'

const LEVELS: ReadonlyArray<readonly [string, Severity]> = [
  ['error_after', 'critical'],
  ['warn_after', 'warning'],
]
const SECONDS: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({ second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 }),
)

/** Seconds of so many of dbt's periods (`day`), or nothing where their length varies. */
export function secondsOf(count: unknown, period: unknown): number | undefined {
  const seconds = typeof period === 'string' ? SECONDS.get(period.toLowerCase().replace(/s$/, '')) : undefined
  return typeof count === 'number' && seconds !== undefined ? count * seconds : undefined
}

/** Adds the freshness of a table of a source. */
export function addFreshness({ loaded_at_field: column, freshness }: DbtModel, path: Place, draft: SuiteDraft): void {
  if (freshness === null || freshness === undefined) return
  const { filter } = freshness
  for (const [level, severity] of LEVELS) {
    const limit = freshness[level]
    if (typeof limit !== 'object' || limit === null) continue
    const at = [...path, 'freshness', level]
    const maxAgeSeconds = secondsOf(Reflect.get(limit, 'count'), Reflect.get(limit, 'period'))
    if (column === undefined) draft.leaveOut(at, 'freshness needs loaded_at_field')
    else if (maxAgeSeconds === undefined) draft.leaveOut(at, 'it needs a count and a period: minute, hour or day')
    else {
      draft.add(at, {
        type: 'expectColumnMaxToBeRecent',
        kwargs: { column, maxAgeSeconds, rowCondition: filter ?? undefined },
        ...(severity === 'critical' ? {} : { severity }),
      })
    }
  }
}
