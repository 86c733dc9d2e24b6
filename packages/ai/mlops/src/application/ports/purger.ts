/** Which deleted things are removed for good. */
export interface PurgeQuery {
  /** Only what was deleted before that time, in epoch milliseconds; all when absent. */
  readonly deletedBefore?: number
  /** Only these runs. */
  readonly runIds?: ReadonlyArray<string>
  /** Only these experiments. */
  readonly experimentIds?: ReadonlyArray<string>
  /** True leaves the files where they are; default false. */
  readonly keepArtifacts?: boolean
}

/** What is gone. */
export interface PurgeReport {
  readonly experiments: number
  readonly runs: number
  readonly loggedModels: number
  /** Files. */
  readonly artifacts: number
  /** Bytes of artifacts that nothing else held. */
  readonly freedBytes: number
  /** Artifact roots left alone: in another store, or a version of a registered model lies there. */
  readonly keptLocations: ReadonlyArray<string>
}

/** Removes softly deleted things for good. */
export interface Purger {
  /**
   * Deleted experiments go with all runs and logged models in them, but for the experiment `'0'`, which stays deleted.
   * What breaks off half-way is gone on with by the next call.
   */
  readonly purge: (query?: PurgeQuery) => Promise<PurgeReport>
}
