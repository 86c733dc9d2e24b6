import type { Experiment } from '../../domain/experiment.ts'
import type { LoggedModel } from '../../domain/logged-model.ts'
import type { MetricPoint } from '../../domain/metric.ts'
import type { ModelVersion } from '../../domain/model-version.ts'
import type { RegisteredModel } from '../../domain/registered-model.ts'
import type { Run } from '../../domain/run.ts'
import type { ArtifactStore } from './artifact-store.ts'

/** Something of a source that could not be read or taken, and why. */
export interface CopyProblem {
  /** Such as `run 3f2a` or `artifact plots/roc.png of run 3f2a`. */
  readonly what: string
  readonly why: string
}

/** All that a tracker holds, deleted things included. What cannot be read is left out and told in `problems`. */
export interface TrackerSource {
  readonly experiments: () => AsyncIterable<Experiment>
  readonly runs: (experimentId: string) => AsyncIterable<Run>
  /** A whole series, in parts. */
  readonly series: (run: Run, key: string) => AsyncIterable<ReadonlyArray<MetricPoint>>
  readonly loggedModels: (experimentId: string) => AsyncIterable<LoggedModel>
  readonly registeredModels: () => AsyncIterable<RegisteredModel>
  /** Lowest number first; deleted ones are left out. */
  readonly modelVersions: (name: string) => AsyncIterable<ModelVersion>
  /** The files below an artifact location; undefined where they cannot be reached from here. */
  readonly artifacts: (location: string) => Pick<ArtifactStore, 'list' | 'get'> | undefined
  /** Grows while the source is read. */
  readonly problems: ReadonlyArray<CopyProblem>
}
