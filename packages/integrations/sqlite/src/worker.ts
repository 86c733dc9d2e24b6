export { runOnThread } from './infrastructure/threads/run-on-thread.ts'
export type { ThreadAnswer, ThreadWork } from './infrastructure/threads/thread-message.ts'
