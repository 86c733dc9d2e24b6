import { MlflowError } from '../../../../domain/errors.ts'
import { unquote } from '../../../../domain/unquote.ts'
import type { TrackerPorts } from '../../tracker-ports.ts'
import { foundModel } from '../found.ts'
import { modelUriOf, versionNamedBy } from './model-uri.ts'

/** Where a new version's files are said to be, and the run or logged model that made them; `''` where none is. */
export interface VersionSource {
  readonly source: string
  readonly runId: string
  readonly modelId: string
}

/**
 * Checks a source and completes it: a version made of another version takes over its run and logged model.
 * @throws MlflowError `mlflow/invalid-argument` for a path that is not in the artifacts of the run or logged model
 */
export async function resolveSource(ports: TrackerPorts, asked: VersionSource): Promise<VersionSource> {
  const { source } = asked
  if (/^models:/i.test(source)) return resolveModel(ports, asked)
  if (localPathOf(source) !== undefined) await refuseForeignPath(ports, asked)
  else refuseRelative(source)
  return asked
}

async function resolveModel(ports: TrackerPorts, asked: VersionSource): Promise<VersionSource> {
  const uri = modelUriOf(asked.source)
  if ('id' in uri) {
    if (asked.modelId !== '' && asked.modelId !== uri.id) refuse(asked.source, 'the model_id must name the same model.')
    return asked
  }
  const model = await foundModel(ports, uri.name)
  if (model.tags['mlflow.prompt.is_prompt'] === 'true')
    refuse(asked.source, 'Prompt versions cannot be used as sources.')
  const version = await versionNamedBy(ports, uri)
  return {
    source: `models:/${version.name}/${version.version}`,
    runId: asked.runId === '' ? (version.runId ?? '') : asked.runId,
    modelId: asked.modelId === '' ? (version.modelId ?? '') : asked.modelId,
  }
}

async function refuseForeignPath(ports: TrackerPorts, { source, runId, modelId }: VersionSource): Promise<void> {
  const root =
    modelId === ''
      ? runId === ''
        ? undefined
        : (await ports.runs.find(runId))?.artifactLocation
      : (await ports.loggedModels.find(modelId))?.artifactLocation
  const [path, inside] = [partsOf(localPathOf(source)), partsOf(root === undefined ? undefined : localPathOf(root))]
  if (path !== undefined && inside !== undefined && inside.every((part, i) => part === path[i])) return
  const id = modelId === '' ? 'run_id' : 'model_id'
  refuse(
    source,
    `To use a local path as a model version source, the ${id} request parameter has to be specified and the local path ` +
      `has to be contained within the artifact directory of the run specified by the ${id}.`,
  )
}

/** The path on disk that a URI names; undefined for another scheme. */
function localPathOf(uri: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(uri)) return uri
  const file = /^file:(?:\/\/(?:localhost|127\.0\.0\.1|\.)?(?=\/))?(.*)$/i.exec(uri)?.[1]
  return file === undefined ? undefined : unquote(file)
}

/** An absolute path's parts with `.` and `..` resolved; undefined for a relative one. */
function partsOf(path: string | undefined): ReadonlyArray<string> | undefined {
  if (path === undefined || !path.startsWith('/') || path.includes('\0')) return undefined
  const parts: string[] = []
  for (const part of unquote(path).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts
}

function refuseRelative(source: string): void {
  const decoded = unquote(source.replaceAll('+', ' '))
  const path = decoded.replace(/^[a-z][a-z0-9+.-]*:(\/\/[^/]*)?/i, '').split(/[?#]/)[0] ?? ''
  const parts = decoded.split(/[/\\]/)
  if (!decoded.includes('\0') && !parts.includes('..') && (path === '' || path.startsWith('/')) && !parts.includes('.'))
    return
  refuse(
    source,
    'If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute ' +
      'path must be provided without relative path references present. Please provide an absolute path.',
  )
}

function refuse(source: string, why: string): never {
  const message = `Invalid model version source: '${source.slice(0, 1000)}'. ${why}`
  throw new MlflowError('mlflow/invalid-argument', message)
}
