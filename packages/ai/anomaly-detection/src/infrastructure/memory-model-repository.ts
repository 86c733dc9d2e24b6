import type { ModelRepository } from '../application/ports/model-repository.ts'
import { checkModelName } from '../domain/model-name.ts'
import type { Model } from '../domain/model.ts'

/** Keeps models for as long as the process lives. A stored model is a copy: changing yours later does not change it. */
export function createMemoryModelRepository(): ModelRepository {
  const models = new Map<string, Map<number, Model>>()
  return {
    save: async (model) => {
      checkModelName(model.name)
      const versions = models.get(model.name) ?? new Map<number, Model>()
      const version = Math.max(0, ...versions.keys()) + 1
      const stored: Model = { ...structuredClone(model), version }
      models.set(model.name, versions.set(version, stored))
      return structuredClone(stored)
    },
    find: async (name, version) => {
      const versions = models.get(name)
      if (versions === undefined) return undefined
      return structuredClone(versions.get(version ?? Math.max(...versions.keys())))
    },
    list: async () =>
      [...models.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, versions]) => [...versions.values()].sort((a, b) => a.version - b.version))
        .map(({ state: _, ...summary }) => structuredClone(summary)),
    remove: async (name, version) => {
      const versions = models.get(name)
      if (versions === undefined) return 0
      const removed = version === undefined ? versions.size : Number(versions.delete(version))
      if (version === undefined || versions.size === 0) models.delete(name)
      return removed
    },
  }
}
