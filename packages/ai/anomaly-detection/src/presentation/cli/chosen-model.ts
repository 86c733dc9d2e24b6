import type { ModelRepository } from '../../application/ports/model-repository.ts'
import type { ModelChoice } from '../../application/score-with-model.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Model } from '../../domain/model.ts'

/** The model that was asked for. @throws AnomalyDetectionError `unknown-model` listing those there are */
export async function chosenModel(models: ModelRepository, { name, version }: ModelChoice): Promise<Model> {
  const model = await models.find(name, version)
  if (model !== undefined) return model
  const known = (await models.list()).map((one) => `${one.name}@${one.version}`)
  throw new AnomalyDetectionError(
    'anomaly-detection/unknown-model',
    `there is no model '${version === undefined ? name : `${name}@${version}`}'; there are: ${known.join(', ') || 'none (fit makes one)'}`,
    { name, version, known },
  )
}
