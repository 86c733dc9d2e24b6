import type { TrackerSource } from '../ports/tracker-source.ts'
import type { TrackerTarget } from '../ports/tracker-target.ts'
import type { CopyTally } from './copy-report.ts'

/** What the parts of a copy share. */
export interface CopyContext {
  readonly source: TrackerSource
  readonly target: TrackerTarget
  readonly tally: CopyTally
  /** The target's run by the source's id. */
  readonly runIds: Map<string, string>
  /** The target's logged model by the source's id. */
  readonly modelIds: Map<string, string>
  /** The target's artifact location by the source's id, of runs and logged models. */
  readonly locations: Map<string, string>
}
