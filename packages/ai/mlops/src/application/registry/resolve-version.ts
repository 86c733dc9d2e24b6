import type { ModelVersion } from '../../domain/model-version.ts'
import { invalidArgument, notFound } from '../../domain/refusals.ts'
import { stageOf } from '../../domain/registry/stage.ts'
import { existingVersion, holderOf } from './promote.ts'
import type { ModelRegistryDeps } from './registry-deps.ts'

/**
 * The version of `models:/<name>/<version>`, `models:/<name>@<alias>`, `models:/<name>/<stage>` (the newest of the stage)
 * or `models:/<name>/latest`; `models:/` may be left out.
 * @throws MlopsError `mlops/not-found`, `mlops/invalid-argument`
 */
export async function resolveVersion(deps: ModelRegistryDeps, uri: string): Promise<ModelVersion> {
  const path = uri.replace(/^models:\/+/, '')
  const [, name, alias] = /^([^/]+)@([\w-]+)$/.exec(path) ?? []
  if (name !== undefined && alias !== undefined) return ofAlias(deps, name, alias)
  const [, model, which] = /^([^/]+)\/([^/]+)$/.exec(path) ?? []
  if (model === undefined || which === undefined)
    throw invalidArgument(
      'uri',
      `must be <name>/<version>, <name>/<stage>, <name>/latest or <name>@<alias>, not '${uri}'`,
      {
        found: uri,
      },
    )
  if (/^\d+$/.test(which)) return existingVersion(deps, { name: model, version: which })
  return newest(deps, model, which)
}

async function ofAlias(deps: ModelRegistryDeps, name: string, alias: string): Promise<ModelVersion> {
  const version = await holderOf(deps, name, alias)
  if (version === undefined) throw notFound('alias', alias, { name })
  return version
}

async function newest(deps: ModelRegistryDeps, name: string, which: string): Promise<ModelVersion> {
  const model = await deps.registeredModels.find(name)
  if (model === undefined) throw notFound('registered model', name)
  const stage = which === 'latest' ? undefined : stageOf(which)
  const [first] = model.latestVersions
    .filter((version) => stage === undefined || version.stage === stage)
    .toSorted((a, b) => Number(b.version) - Number(a.version))
  if (first === undefined) throw notFound('model version', `${name}/${which}`, { name, version: which })
  return first
}
