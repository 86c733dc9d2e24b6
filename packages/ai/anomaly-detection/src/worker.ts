export { answerPart } from './infrastructure/part-message.ts'
export type { PartAnswer, PartMessage } from './infrastructure/part-message.ts'
