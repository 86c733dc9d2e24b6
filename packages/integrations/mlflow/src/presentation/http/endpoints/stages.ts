import { MlflowError } from '../../../domain/errors.ts'
import type { Stage } from '../../../domain/model-version.ts'

const STAGES: ReadonlyArray<Stage> = ['None', 'Staging', 'Production', 'Archived']

/** The stage, in its own letters, that a text in any letter case names. @throws MlflowError `mlflow/invalid-argument` */
export function stageOf(text: string): Stage {
  const found = STAGES.find((stage) => stage.toLowerCase() === text.toLowerCase())
  if (found !== undefined) return found
  const message = `Invalid Model Version stage: ${text.slice(0, 100)}. Value must be one of ${STAGES.join(', ')}.`
  throw new MlflowError('mlflow/invalid-argument', message)
}
