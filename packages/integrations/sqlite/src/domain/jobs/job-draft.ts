import { invalidArgument, jsonText, wholeNumber } from '../checks.ts'
import { JOB_SCHEDULE } from '../retry-schedule.ts'
import type { JobDraft, QueueName } from './job.ts'

/** A draft that was checked. */
export interface CheckedDraft {
  readonly type: string
  /** JSON text. */
  readonly input: string
  readonly queue: QueueName
  readonly priority: number
  readonly attempts: number
  readonly delayMs: number
  readonly idempotencyKey: string | null
}

/** The queues, the most urgent first. */
export const QUEUES: ReadonlyArray<QueueName> = ['high', 'normal', 'low']

const TYPE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const MOST_DELAY_MS = 366 * 86_400_000

/** Reads what is asked for. @throws SqliteError `sqlite/invalid-argument` */
export function checkDraft(draft: JobDraft): CheckedDraft {
  const { type, input = null, queue = 'normal', idempotencyKey } = draft
  if (typeof type !== 'string' || !TYPE.test(type))
    throw invalidArgument('type', 'letters, digits, ".", "_" and "-", at most 100', { found: type })
  if (!QUEUES.includes(queue)) throw invalidArgument('queue', QUEUES.join(', '), { found: queue })
  if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > 200))
    throw invalidArgument('idempotencyKey', 'of 1 to 200 characters', { length: idempotencyKey.length })
  return {
    type,
    input: jsonText('input', input),
    queue,
    priority: wholeNumber('priority', draft.priority ?? 0, -1000, 1000),
    attempts: wholeNumber('attempts', draft.attempts ?? JOB_SCHEDULE.attempts, 1, 100),
    delayMs: wholeNumber('delayMs', draft.delayMs ?? 0, 0, MOST_DELAY_MS),
    idempotencyKey: idempotencyKey ?? null,
  }
}
