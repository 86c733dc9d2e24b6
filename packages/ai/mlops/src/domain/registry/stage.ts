import type { Stage } from '../model-version.ts'
import { invalidArgument } from '../refusals.ts'

const STAGES: ReadonlyArray<Stage> = ['None', 'Staging', 'Production', 'Archived']

/** The stage of a text in any case. @throws MlopsError `mlops/invalid-argument` */
export function stageOf(text: string): Stage {
  const wanted = typeof text === 'string' ? text.toLowerCase() : undefined
  const stage = STAGES.find((known) => known.toLowerCase() === wanted)
  if (stage !== undefined) return stage
  throw invalidArgument('stage', `must be one of ${STAGES.join(', ')}, not ${JSON.stringify(text)}`, { found: text })
}

/** Only the two stages of use have siblings to archive. @throws MlopsError `mlops/invalid-argument` for another one */
export function checkArchiving(stage: Stage): void {
  if (stage === 'Staging' || stage === 'Production') return
  throw invalidArgument('archiveExisting', `only for the stages Staging and Production, not ${stage}`, { found: stage })
}
