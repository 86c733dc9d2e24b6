import type { Experiment } from '../../../domain/experiment.ts'
import { pairs } from './plain.ts'

/** MLflow's `Experiment`. */
export function experimentWire(experiment: Experiment): object {
  return {
    experiment_id: experiment.id,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycleStage,
    creation_time: experiment.createdAt,
    last_update_time: experiment.updatedAt,
    tags: pairs(experiment.tags),
  }
}
