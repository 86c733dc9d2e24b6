import type { ProfileEngine, ProfilesStore } from '@nomaly/data-profiling'
import type { OpenProfilesStore } from '@nomaly/data-profiling/node'
import type { ResultsStore, SuitesStore, TableEngine } from '@nomaly/data-quality'
import type { QualityStore } from '@nomaly/data-quality/node'
import type { ServiceIdentifier } from 'inversify'

import type { Closing } from './closing.ts'
import type { DataRoutes } from './data-routes.ts'
import type { DataEvents, ResolvedBasicDataOptions } from './options.ts'
import type { Profiler } from './profiler.ts'
import type { QualityChecks } from './quality-checks.ts'
import type { Engines } from './sources/open-source.ts'

/** What every service of this configuration is asked for, and bound, with. */
export const tokens: {
  readonly options: ServiceIdentifier<ResolvedBasicDataOptions>
  /** Epoch milliseconds. */
  readonly clock: ServiceIdentifier<() => number>
  readonly ids: ServiceIdentifier<() => string>
  /** What has to be closed. */
  readonly closing: ServiceIdentifier<Closing>
  /** Told of what happened; the option `events`. */
  readonly events: ServiceIdentifier<DataEvents>
  /** Engines that profile, by kind of source. */
  readonly profileEngines: ServiceIdentifier<Engines<ProfileEngine>>
  /** Engines that check, by kind of source. */
  readonly qualityEngines: ServiceIdentifier<Engines<TableEngine>>
  /** Opens the file that suites and results are kept in, when first asked. */
  readonly qualityStore: ServiceIdentifier<() => QualityStore>
  /** Opens the file that profiles are kept in, when first asked. */
  readonly profilesStore: ServiceIdentifier<() => OpenProfilesStore>
  readonly profiles: ServiceIdentifier<ProfilesStore>
  readonly suites: ServiceIdentifier<SuitesStore>
  readonly results: ServiceIdentifier<ResultsStore>
  readonly profiler: ServiceIdentifier<Profiler>
  readonly quality: ServiceIdentifier<QualityChecks>
  readonly routes: ServiceIdentifier<DataRoutes>
} = {
  options: token('options'),
  clock: token('clock'),
  ids: token('ids'),
  closing: token('closing'),
  events: token('events'),
  profileEngines: token('profileEngines'),
  qualityEngines: token('qualityEngines'),
  qualityStore: token('qualityStore'),
  profilesStore: token('profilesStore'),
  profiles: token('profiles'),
  suites: token('suites'),
  results: token('results'),
  profiler: token('profiler'),
  quality: token('quality'),
  routes: token('routes'),
}

function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(`@nomaly/configuration-data-basic/${name}`)
}
