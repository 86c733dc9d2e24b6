import type { ModelVersionStore } from '../application/ports/model-version-store.ts'
import type { RegisteredModelStore } from '../application/ports/registered-model-store.ts'

/** Both stores of one registry, which may hold models of earlier tests. */
export interface RegistryHarness {
  readonly registeredModels: RegisteredModelStore
  readonly modelVersions: ModelVersionStore
}

/** A name that no other test uses. */
export function freshName(): string {
  return `model-${crypto.randomUUID()}`
}

/** Where a version's files could be. */
export const SOURCE = 's3://bucket/models/m' // MLflow ties a path of its own artifacts to a run

/** A registered model with that many versions. Answers its name. */
export async function modelWithVersions(
  { registeredModels: models, modelVersions: versions }: RegistryHarness,
  count: number,
): Promise<string> {
  const name = freshName()
  await models.create({ name })
  for (let i = 0; i < count; i += 1) await versions.create({ name, source: SOURCE })
  return name
}
