import type { ModelVersion } from '../../domain/model-version.ts'
import { notFound } from '../../domain/refusals.ts'
import { existingVersion } from './promote.ts'
import type { ModelRegistryDeps } from './registry-deps.ts'

const MOST_HOPS = 10

/**
 * Where a version's files are: for the source `models:/<model id>` the logged model's artifacts, for
 * `models:/<name>/<version>` that version's, else the source itself.
 * @throws MlopsError `mlops/not-found` where the source names what is not there, or only leads round in a circle
 */
export async function modelLocation(deps: ModelRegistryDeps, version: ModelVersion): Promise<string> {
  let { source } = version
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const [, id] = /^models:\/+(m-[0-9a-f]+)$/.exec(source) ?? []
    if (id !== undefined) {
      const model = await deps.loggedModels.find(id)
      if (model === undefined) throw notFound('logged model', id)
      return model.artifactLocation
    }
    const [, name, number] = /^models:\/+([^/]+)\/(\d+)$/.exec(source) ?? []
    if (name === undefined || number === undefined) return source
    source = (await existingVersion(deps, { name, version: number })).source
  }
  throw notFound('artifact', version.source)
}
