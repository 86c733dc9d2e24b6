import type { ProfilesStore } from '@nomaly/data-profiling'
import type { ResultsStore, SuitesStore } from '@nomaly/data-quality'
import { Container, type ContainerModule } from 'inversify'

import type { DataRoutes } from './data-routes.ts'
import { environmentModule } from './modules/environment.ts'
import { profilingModule } from './modules/profiling.ts'
import { qualityModule } from './modules/quality.ts'
import { routesModule } from './modules/routes.ts'
import { storageModule } from './modules/storage.ts'
import { type BasicDataOptions, parseBasicDataOptions } from './options.ts'
import type { Profiler } from './profiler.ts'
import type { QualityChecks } from './quality-checks.ts'
import { tokens } from './tokens.ts'

/** What the configuration hands out. */
export interface BasicDataServices {
  /** Describes tables, keeps the profiles and tells of them. */
  readonly profiler: Profiler
  /** Checks tables against suites, keeps the results and tells of them. */
  readonly quality: QualityChecks
  /** Profiles. */
  readonly profiles: ProfilesStore
  /** Suites by name, each change as a version of its own. */
  readonly suites: SuitesStore
  /** Results of checks. */
  readonly results: ResultsStore
  /** All of this over HTTP. */
  readonly routes: DataRoutes
}

/**
 * Profiling and quality in one process; profiles, suites and results are kept in SQLite files. Change it by subclass, or bind something else
 * with `load`, before the first `createServices`.
 */
export class BasicDataConfiguration {
  /** For subclasses: the wiring itself. */
  protected readonly container: Container = new Container()

  /** @throws BasicDataConfigurationError when the options cannot be read */
  constructor(options: BasicDataOptions) {
    this.container.bind(tokens.options).toConstantValue(parseBasicDataOptions(options))
    this.load(environmentModule, storageModule, profilingModule, qualityModule, routesModule)
  }

  /** Adds modules; what they rebind replaces what was there. */
  load(...modules: ReadonlyArray<ContainerModule>): this {
    this.container.load(...modules)
    return this
  }

  /** Typed services; the same ones every time. Nothing is started, and no file is touched before the first call of one. */
  createServices(): BasicDataServices {
    return {
      profiler: this.container.get(tokens.profiler),
      quality: this.container.get(tokens.quality),
      profiles: this.container.get(tokens.profiles),
      suites: this.container.get(tokens.suites),
      results: this.container.get(tokens.results),
      routes: this.container.get(tokens.routes),
    }
  }

  /** Closes the files; then calls the `onDeactivation` of what loaded modules bound. The configuration is used up. */
  async close(): Promise<void> {
    try {
      await this.container.get(tokens.closing).close()
    } finally {
      await this.container.unbindAllAsync()
    }
  }
}

/** Wires profiling and quality. @throws BasicDataConfigurationError when the options cannot be read */
export function createBasicDataConfiguration(options: BasicDataOptions): BasicDataConfiguration {
  return new BasicDataConfiguration(options)
}
