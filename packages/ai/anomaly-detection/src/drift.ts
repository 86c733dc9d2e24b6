export type { DriftSignal, StreamDriftDetector, StreamDriftState } from './domain/drift/stream/stream-drift-detector.ts'
export { driftDetectionQuality } from './domain/metrics/series/drift-detection-quality.ts'
export type { DriftDetectionOptions, DriftDetectionQuality } from './domain/metrics/series/drift-detection-quality.ts'
export { streamDriftDetectors } from './application/drift/stream-drift-catalogue.ts'
export type {
  StreamCatalogueEntry,
  StreamPartContext,
  StreamPartDescription,
} from './application/streaming/catalogue/stream-catalogue-entry.ts'
export type { StreamPartCatalogue } from './application/streaming/catalogue/stream-part-catalogue.ts'
export { detectDrift } from './application/drift/detect-drift.ts'
export type { DriftOptions } from './application/drift/detect-drift.ts'
export type { DriftColumn, DriftTable } from './domain/drift/two-sample/drift-column.ts'
export type { DriftMethod } from './domain/drift/two-sample/drift-method.ts'
export type { DriftReport, FeatureDrift, JointDrift, MissingDrift } from './domain/drift/two-sample/drift-report.ts'
export type { FeatureChange, NumberSummary } from './domain/drift/two-sample/feature-change.ts'
export { andersonDarling } from './domain/drift/two-sample/anderson-darling.ts'
export { ascending } from './domain/drift/two-sample/ascending.ts'
export { classifierTest } from './domain/drift/two-sample/classifier-test.ts'
export type { ClassifierTestOptions } from './domain/drift/two-sample/classifier-test.ts'
export { chiSquared, fisherExact } from './domain/drift/two-sample/counts-tests.ts'
export { cramerVonMises } from './domain/drift/two-sample/cramer-von-mises.ts'
export { energyTest } from './domain/drift/two-sample/energy-test.ts'
export type { EnergyTestOptions } from './domain/drift/two-sample/energy-test.ts'
export { kolmogorovSmirnov } from './domain/drift/two-sample/kolmogorov-smirnov.ts'
export { mannWhitney } from './domain/drift/two-sample/mann-whitney.ts'
export { maximumMeanDiscrepancy } from './domain/drift/two-sample/mmd.ts'
export type { MmdOptions, MmdOutcome } from './domain/drift/two-sample/mmd.ts'
export { adjustPValues } from './domain/drift/two-sample/p-value-corrections.ts'
export type { Correction } from './domain/drift/two-sample/p-value-corrections.ts'
export { energyDistance, wasserstein } from './domain/drift/two-sample/sample-distances.ts'
export { decileEdges, sharesInBins } from './domain/drift/two-sample/share-bins.ts'
export { hellinger, jensenShannon, populationStability } from './domain/drift/two-sample/share-distances.ts'
export type { TwoSampleOutcome } from './domain/drift/two-sample/two-sample-outcome.ts'
export { welch } from './domain/drift/two-sample/welch.ts'
export { createOnlineMmd, restoreOnlineMmd } from './application/drift/online-mmd.ts'
export type { OnlineMmdOptions } from './application/drift/online-mmd.ts'
export type {
  OnlineMmd,
  OnlineMmdBasis,
  OnlineMmdParameters,
  OnlineMmdState,
} from './domain/drift/online/online-mmd.ts'
