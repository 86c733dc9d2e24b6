import type { ModelRepository } from '../../application/ports/model-repository.ts'
import type { ModelChoice } from '../../application/score-with-model.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Model } from '../../domain/model.ts'

/** The model that was asked for. @throws AnomalyDetectionError `unknown-model` listing those there are */
export async function chosenModel(models: ModelRepository, choice: ModelChoice): Promise<Model> {
  const model = await models.find(choice.name, choice.version)
  if (model !== undefined) return model
  throw unknownModel(choice, await models.list())
}

/** Says that there is no such model, and which there are. */
export function unknownModel(
  { name, version }: ModelChoice,
  models: ReadonlyArray<{ readonly name: string; readonly version: number | null }>,
): AnomalyDetectionError {
  const known = [...new Set(models.map((one) => (one.version === null ? one.name : `${one.name}@${one.version}`)))]
  return new AnomalyDetectionError(
    'anomaly-detection/unknown-model',
    `there is no model '${version === undefined ? name : `${name}@${version}`}'; there are: ${known.join(', ') || 'none (fit makes one)'}`,
    { name, version, known },
  )
}
