import type { DatasetInput } from '../dataset-input.ts'
import type { NewExperiment } from '../experiment.ts'
import { limits } from '../limits.ts'
import type { NewLoggedModel } from '../logged-model.ts'
import { invalidArgument } from '../refusals.ts'
import type { NewRun } from '../run.ts'
import { checkParam, checkRunTag } from './run-batch.ts'
import { checkText, checkTexts, checkWhole } from './text.ts'

/** @throws MlopsError `mlops/invalid-argument` */
export function checkNewExperiment(experiment: NewExperiment): void {
  checkExperimentName(experiment.name)
  if (experiment.artifactLocation !== undefined) checkArtifactLocation(experiment.artifactLocation)
  if (experiment.folder !== undefined) checkFolder(experiment.folder)
  checkTexts('tags', experiment.tags ?? {}, { key: limits.experimentTagKey, value: limits.experimentTagValue })
}

/** @throws MlopsError `mlops/invalid-argument` where it is empty, blank or longer than 500 characters */
export function checkExperimentName(name: string): void {
  checkText('name', name, 1, limits.experimentName)
  if (name.trim() === '') throw invalidArgument('name', 'must not be blank', { found: name })
}

/** @throws MlopsError `mlops/invalid-argument` for a path with empty parts, `.`, `..` or more than 500 characters */
export function checkFolder(folder: string): void {
  checkText('folder', folder, 0, limits.folder)
  if (folder !== '' && folder.split('/').some((part) => part.trim() === '' || part === '.' || part === '..'))
    throw invalidArgument('folder', `'${folder}' must be names joined by '/'`, { found: folder })
}

/** @throws MlopsError `mlops/invalid-argument` for a `runs:` URI, a fragment, parameters or climbing in the query */
export function checkArtifactLocation(location: string): void {
  checkText('artifactLocation', location, 1, limits.artifactLocation)
  const [path = '', query = ''] = location.split('?', 2)
  const problem =
    (/^runs:/i.test(location) && 'a run cannot be the root of artifacts') ||
    (location.includes('#') && 'must have no fragment') ||
    (path.includes(';') && 'must have no ;parameters') ||
    (/\.\.|%/.test(query) && "must have no '..' or '%' in its query") ||
    undefined
  if (problem !== undefined) throw invalidArgument('artifactLocation', problem, { found: location })
}

/** @throws MlopsError `mlops/invalid-argument`, also where the name and the tag `mlflow.runName` differ */
export function checkNewRun({ name, userId, startedAt, tags = {} }: NewRun): void {
  if (name !== undefined) checkText('name', name, 0, limits.runName)
  if (userId !== undefined) checkText('userId', userId, 0, limits.userId)
  if (startedAt !== undefined) checkWhole('startedAt', startedAt, 0)
  for (const [key, value] of Object.entries(tags)) checkRunTag('tags', key, value)
  const named = tags['mlflow.runName']
  if (name !== undefined && name !== '' && named !== undefined && named !== name)
    throw invalidArgument('name', `'${name}' and the tag mlflow.runName '${named}' differ`, { name, tag: named })
}

/** @throws MlopsError `mlops/invalid-argument` */
export function checkDatasetInput(field: string, dataset: DatasetInput): void {
  checkText(`${field}.name`, dataset.name, 1, limits.datasetName)
  checkText(`${field}.digest`, dataset.digest, 1, limits.datasetDigest)
  checkText(`${field}.sourceType`, dataset.sourceType, 0, limits.datasetSourceType)
  checkText(`${field}.source`, dataset.source, 0, limits.datasetSource)
  if (dataset.schema !== undefined) checkText(`${field}.schema`, dataset.schema, 0, limits.datasetSchema)
  if (dataset.profile !== undefined) checkText(`${field}.profile`, dataset.profile, 0, limits.datasetProfile)
  checkTexts(`${field}.tags`, dataset.tags, { key: limits.inputTagKey, value: limits.inputTagValue })
}

/** @throws MlopsError `mlops/invalid-argument` */
export function checkNewLoggedModel({ name, modelType, params = {}, tags = {} }: NewLoggedModel): void {
  if (name !== undefined) checkLoggedModelName(name)
  if (modelType !== undefined) checkText('modelType', modelType, 0, limits.loggedModelType)
  checkModelTexts(params, tags)
}

/** @throws MlopsError `mlops/invalid-argument` */
export function checkModelTexts(
  params: Readonly<Record<string, string>>,
  tags: Readonly<Record<string, string>>,
): void {
  for (const [key, value] of Object.entries(params)) checkParam('params', key, value)
  for (const [key, value] of Object.entries(tags)) checkRunTag('tags', key, value)
}

function checkLoggedModelName(name: string): void {
  checkText('name', name, 1, limits.loggedModelName)
  if (/[/:.%"']/.test(name))
    throw invalidArgument('name', `'${name}' must hold none of / : . % " '`, { found: name, reason: 'characters' })
}
