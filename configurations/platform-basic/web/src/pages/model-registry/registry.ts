/** A version of a registered model, as MLflow's API tells it. Members that are empty are absent. */
export interface ModelVersion {
  readonly name: string
  readonly version: string
  readonly creation_timestamp: number
  readonly user_id?: string
  readonly current_stage: string
  readonly description?: string
  readonly source: string
  readonly run_id?: string
  readonly status: string
  readonly status_message?: string
  readonly aliases?: ReadonlyArray<string>
}

/** A registered model. */
export interface RegisteredModel {
  readonly name: string
  readonly description?: string
  readonly last_updated_timestamp: number
  readonly latest_versions?: ReadonlyArray<ModelVersion>
  readonly aliases?: ReadonlyArray<{ readonly alias: string; readonly version: string }>
}

/** Stages that old clients know. */
export const STAGES = ['None', 'Staging', 'Production', 'Archived'] as const
