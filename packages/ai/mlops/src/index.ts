export { MlopsError, type MlopsErrorCode } from './domain/errors.ts'
export type { Experiment, ExperimentChange, NewExperiment } from './domain/experiment.ts'
