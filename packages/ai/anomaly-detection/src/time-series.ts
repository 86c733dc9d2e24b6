export { alarmSpans } from './domain/metrics/series/alarm-spans.ts'
export { bestF1 } from './domain/metrics/series/best-f1.ts'
export type { BestF1 } from './domain/metrics/series/best-f1.ts'
export { detectionDelay } from './domain/metrics/series/detection-delay.ts'
export type { DetectionDelay } from './domain/metrics/series/detection-delay.ts'
export { labelsOf, spansOf } from './domain/metrics/series/label-span.ts'
export type { LabelSpan } from './domain/metrics/series/label-span.ts'
export { NAB_PROFILES } from './domain/metrics/series/nab-profile.ts'
export type { NabProfile, NabProfileName } from './domain/metrics/series/nab-profile.ts'
export { nabScore, nabScoreAt } from './domain/metrics/series/nab-score.ts'
export type { NabScore, NabSeries } from './domain/metrics/series/nab-score.ts'
export { pointAdjusted } from './domain/metrics/series/point-adjusted.ts'
export type { PointAdjusted } from './domain/metrics/series/point-adjusted.ts'
export { rangePrecisionRecall } from './domain/metrics/series/range-precision-recall.ts'
export type {
  PositionalBias,
  RangeOptions,
  RangePrecisionRecall,
} from './domain/metrics/series/range-precision-recall.ts'
export { volumeUnderSurface } from './domain/metrics/series/volume-under-surface.ts'
export type { VolumeUnderSurface } from './domain/metrics/series/volume-under-surface.ts'
export { vusBufferOf } from './domain/metrics/series/vus-buffer.ts'
