import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import type { ProfilesStore } from '@nomaly/data-profiling'
import { openProfilesStore, type OpenProfilesStore } from '@nomaly/data-profiling/node'
import type { ResultsStore, SuitesStore } from '@nomaly/data-quality'
import { openQualityStore, type QualityStore } from '@nomaly/data-quality/node'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** Where profiles, suites and results are kept: two SQLite files, each opened by the first call of a store. */
export const storageModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.qualityStore)
    .toResolvedValue(
      ({ dataPath }, closing) => {
        let opened: QualityStore | undefined
        closing.onClose(async () => opened?.close())
        return () => {
          mkdirSync(dataPath, { recursive: true })
          return (opened ??= openQualityStore({ path: join(dataPath, 'quality.db') }))
        }
      },
      [tokens.options, tokens.closing],
    )
    .inSingletonScope()
  bind(tokens.profilesStore)
    .toResolvedValue(
      ({ dataPath }, closing) => {
        let opened: OpenProfilesStore | undefined
        closing.onClose(async () => opened?.close())
        return () => {
          mkdirSync(dataPath, { recursive: true })
          return (opened ??= openProfilesStore({ path: join(dataPath, 'profiles.db') }))
        }
      },
      [tokens.options, tokens.closing],
    )
    .inSingletonScope()
  bind(tokens.profiles)
    .toResolvedValue(
      (store): ProfilesStore => ({
        append: async (kept) => store().profiles.append(kept),
        get: async (id) => store().profiles.get(id),
        list: async (query) => store().profiles.list(query),
      }),
      [tokens.profilesStore],
    )
    .inSingletonScope()
  bind(tokens.suites)
    .toResolvedValue(
      (store): SuitesStore => ({
        save: async (suite, savedAt) => store().suites.save(suite, savedAt),
        get: async (name, version) => store().suites.get(name, version),
        list: async () => store().suites.list(),
        versions: async (name) => store().suites.versions(name),
      }),
      [tokens.qualityStore],
    )
    .inSingletonScope()
  bind(tokens.results)
    .toResolvedValue(
      (store): ResultsStore => ({
        append: async (result) => store().results.append(result),
        get: async (id) => store().results.get(id),
        list: async (query) => store().results.list(query),
        points: async (query) => store().results.points(query),
      }),
      [tokens.qualityStore],
    )
    .inSingletonScope()
})
