import { MlflowError } from '../../../../domain/errors.ts'
import type { ModelVersion } from '../../../../domain/model-version.ts'
import type { TrackerPorts } from '../../tracker-ports.ts'
import { foundModel, foundVersion } from '../found.ts'
import { latestVersions, versionByAlias } from '../model-endpoints.ts'

/** What a `models:/` URI names: a logged model, or a version of a registered one. */
export type ModelUri = { readonly id: string } | NamedVersion

interface NamedVersion {
  readonly name: string
  readonly by: { readonly version: string } | { readonly alias: string } | { readonly stage: string } | 'latest'
}

/** @throws MlflowError `mlflow/invalid-argument` for what is no `models:/` URI */
export function modelUriOf(uri: string): ModelUri {
  const [name, suffix, ...more] = /^models:\/(?!\/)(.+)$/.exec(uri)?.[1]?.split('/') ?? []
  if (name === undefined || name.trim() === '' || suffix?.trim() === '' || more.length > 0) {
    throw new MlflowError('mlflow/invalid-argument', `Not a proper models:/ URI: ${uri.slice(0, 1000)}.`)
  }
  if (suffix !== undefined) {
    if (/^\d+$/.test(suffix)) return { name, by: { version: suffix } }
    return { name, by: suffix.toLowerCase() === 'latest' ? 'latest' : { stage: suffix } }
  }
  const at = name.lastIndexOf('@')
  return at > 0 ? { name: name.slice(0, at), by: { alias: name.slice(at + 1) } } : { id: name }
}

/** The version that a URI names. @throws MlflowError `mlflow/not-found` */
export async function versionNamedBy(ports: TrackerPorts, { name, by }: NamedVersion): Promise<ModelVersion> {
  if (by !== 'latest' && 'version' in by) return foundVersion(ports, name, by.version)
  if (by !== 'latest' && 'alias' in by) return versionByAlias(ports, name, by.alias)
  const candidates = await latestVersions(ports, name, by === 'latest' ? [] : [by.stage])
  const newest = candidates.reduce<ModelVersion | undefined>(
    (best, next) => (best === undefined || Number(next.version) > Number(best.version) ? next : best),
    undefined,
  )
  if (newest !== undefined) return newest
  await foundModel(ports, name)
  throw new MlflowError('mlflow/not-found', `No versions of model with name '${name}' and stage 'None' found`)
}
