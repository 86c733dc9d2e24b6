export type { PartKind, PartOf, ResultOf } from './application/parallel/work-part.ts'
export type { AnomalyDetectionErrorCode } from './domain/errors.ts'
export { answerPart } from './infrastructure/part-message.ts'
export type { PartAnswer, PartMessage } from './infrastructure/part-message.ts'
