import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { RegisteredVersion } from '@nomaly/ai-anomaly-detection/cli'
import type { ModelRegistry, ModelVersion, Page, RegisteredModel } from '@nomaly/ai-mlops'

/** What is registered: a version, all of a name, or all there is. A list makes no file where nothing was ever tracked. */
export async function registeredModels(
  open: () => Promise<ModelRegistry>,
  dataPath: string,
  choice?: { readonly name: string; readonly version?: number | undefined },
): Promise<ReadonlyArray<RegisteredVersion>> {
  if (!existsSync(join(dataPath, 'mlops.db'))) return []
  const registry = await open()
  const one = choice === undefined ? undefined : await registry.model(choice.name)
  if (choice !== undefined && one === undefined) return []
  const filter = one === undefined ? {} : { filter: `name = '${one.name.replaceAll("'", "''")}'` }
  const models = one === undefined ? await all((query) => registry.models(query)) : [one]
  const orderBy = ['name ASC', 'version_number ASC']
  const versions = await all((query) => registry.versions({ ...filter, ...query, orderBy }))
  const byName = new Map<string, ModelVersion[]>(models.map(({ name }) => [name, []]))
  for (const version of versions) byName.get(version.name)?.push(version)
  const shown = models.flatMap((model) => linesOf(model, byName.get(model.name) ?? []))
  return choice?.version === undefined ? shown : shown.filter(({ version }) => version === choice.version)
}

function linesOf(model: RegisteredModel, versions: ReadonlyArray<ModelVersion>): ReadonlyArray<RegisteredVersion> {
  if (versions.length > 0)
    return versions.map((one) => ({ ...one, version: Number(one.version), modelTags: model.tags }))
  const { name, createdAt, description, tags } = model
  return [
    { name, version: null, createdAt, stage: '', aliases: [], tags: {}, description, source: '', modelTags: tags },
  ]
}

async function all<T>(search: (query: { readonly pageToken?: string }) => Promise<Page<T>>): Promise<ReadonlyArray<T>> {
  const items: T[] = []
  for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
    const page = await search(next === undefined ? {} : { pageToken: next })
    items.push(...page.items)
    next = page.next
  }
  return items
}
