import type { ExperimentStore } from '../application/ports/experiment-store.ts'
import type { LoggedModelStore } from '../application/ports/logged-model-store.ts'
import type { MetricSampler } from '../application/ports/metric-sampler.ts'
import type { RunLog } from '../application/ports/run-log.ts'
import type { RunStore } from '../application/ports/run-store.ts'

/** The ports of one tracking store. It need not be empty: the contracts make experiments of their own. */
export interface TrackingStores {
  readonly experiments: ExperimentStore
  readonly runs: RunStore
  readonly log: RunLog
  readonly sampler: MetricSampler
  readonly loggedModels: LoggedModelStore
}

/** What a store may be unable to do: a remote MLflow is. All true when absent. */
export interface TrackingAbilities {
  /** Keeps min, max and count of series. */
  readonly extremes?: boolean
  /** Moves runs between experiments, and experiments between folders. */
  readonly moves?: boolean
  /** OR, NOT, parentheses, BETWEEN and IN in filters. */
  readonly wideFilters?: boolean
  /** Restores with an experiment only the runs that were deleted with it. */
  readonly selectiveRestore?: boolean
  /** Keeps a page's token to its query. */
  readonly boundTokens?: boolean
  /** Thins out series by their steps; MLflow from 3.16 or so on by their points. */
  readonly samplesSteps?: boolean
  /** Knows logged models. */
  readonly loggedModels?: boolean
}

/** A name that nothing else has. */
export function uniqueName(stem: string): string {
  return `${stem}-${globalThis.crypto.randomUUID()}`
}

/** The id of a new experiment. */
export async function newExperiment({ experiments }: TrackingStores): Promise<string> {
  return (await experiments.create({ name: uniqueName('contract') })).id
}
