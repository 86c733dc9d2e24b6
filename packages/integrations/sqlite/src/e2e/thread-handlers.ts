import { threadId } from 'node:worker_threads'

import type { JobHandler } from '../application/jobs/job-handler.ts'

export const where: JobHandler = async (input, { id, type, attempt, progress, emit }) => {
  progress({ done: 1, total: 2 })
  emit({ specversion: '1.0', id: `of-${id}`, source: '/test', type: 'nomaly.detection.completed' })
  return { input, type, attempt, threadId }
}

export const resumes: JobHandler = async (_, { attempt, checkpoint, resumeFrom }) => {
  if (attempt === 2) return { resumeFrom }
  await checkpoint({ page: 1 })
  await checkpoint({ page: 2 })
  throw Object.assign(new TypeError('page 3 is broken'), { code: 'x/broken' })
}

export const heeds: JobHandler = (_, { signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

export const spins: JobHandler = async () => {
  for (;;) Math.random()
}

export const exits: JobHandler = async () => process.exit(3)

export const hopeless: JobHandler = async () => {
  throw Object.assign(new Error('no such file'), { details: { retryable: false } })
}
