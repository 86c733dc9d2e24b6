import type { Claim, ClaimRequest, JobClaims } from '../application/ports/job-claims.ts'
import type { JobLog } from '../application/ports/job-log.ts'
import type { JobQueue } from '../application/ports/job-queue.ts'
import { type Case, expectEqual, there } from './case.ts'

/** A store of jobs of its own for each test. */
export interface JobClaimsHarness {
  readonly queue: JobQueue
  readonly log: JobLog
  readonly claims: JobClaims
  /** Moves the store's clock, in milliseconds. */
  readonly pass: (ms: number) => void
  /** Epoch milliseconds by that clock. */
  readonly now: () => number
}

const REQUEST: ClaimRequest = { types: ['a'], queues: ['high', 'normal', 'low'], leaseMs: 100, except: [] }

/** What every `JobClaims` must keep. @param make - an empty store */
export function jobClaimsContract(it: Case, make: () => Promise<JobClaimsHarness>): void {
  it('gives a job to one claim only, and only of the types asked for, when it is due', async () => {
    const { queue, claims, pass } = await make()
    await queue.enqueue({ type: 'b' })
    await queue.enqueue({ type: 'a', delayMs: 50 })
    expectEqual(await claims.claim(REQUEST), undefined)
    pass(50)
    const { job } = claimed(await claims.claim(REQUEST))
    expectEqual([job.type, job.state, job.attempt], ['a', 'running', 1])
    expectEqual(await claims.claim(REQUEST), undefined)
  })

  it('takes the queues in the order asked for', async () => {
    const { queue, claims } = await make()
    for (const name of ['high', 'low'] as const) await queue.enqueue({ type: 'a', queue: name })
    const { job } = claimed(await claims.claim({ ...REQUEST, queues: ['low', 'normal', 'high'] }))
    expectEqual(job.queue, 'low')
  })

  it('keeps a claim as long as it is renewed, with progress and checkpoint', async () => {
    const { queue, log, claims, pass } = await make()
    const { job } = await queue.enqueue({ type: 'a' })
    const claim = claimed(await claims.claim(REQUEST))
    for (let beat = 1; beat <= 3; beat += 1) {
      pass(99)
      expectEqual(await claims.renew(claim, 100, { progress: { done: beat }, checkpoint: { beat } }), 'held')
    }
    expectEqual(await claims.claim(REQUEST), undefined)
    expectEqual(there(await log.find(job.id), 'the job').progress, { done: 3 })
    pass(100)
    const next = claimed(await claims.claim(REQUEST))
    expectEqual([next.job.attempt, next.checkpoint], [2, { beat: 3 }])
    expectEqual(await claims.renew(claim, 100, {}), 'lost')
    expectEqual(await claims.settle(claim, { kind: 'completed', output: 1, events: [] }, undefined), false)
    expectEqual(await claims.settle(next, { kind: 'completed', output: 2, events: [] }, undefined), true)
    expectEqual(there(await log.find(job.id), 'the job').output, 2)
  })

  it('does not give out again what this process still works on', async () => {
    const { queue, claims, pass } = await make()
    const { job } = await queue.enqueue({ type: 'a' })
    await claims.claim(REQUEST)
    pass(1000)
    expectEqual(await claims.claim({ ...REQUEST, except: [job.id] }), undefined)
    expectEqual(claimed(await claims.claim(REQUEST)).job.attempt, 2)
  })

  it('fails, with a reason, a job whose process ended in its last attempt; cancels one that was to be cancelled', async () => {
    const { queue, log, claims, pass } = await make()
    const { job } = await queue.enqueue({ type: 'a', attempts: 1 })
    const { job: unwanted } = await queue.enqueue({ type: 'a' })
    await claims.claim(REQUEST)
    await claims.claim(REQUEST)
    await queue.cancel(unwanted.id)
    pass(100)
    expectEqual(await claims.claim(REQUEST), undefined)
    const { state, failure } = there(await log.find(job.id), 'the job')
    expectEqual([state, failure], ['failed', { message: 'the process ended during attempt 1 of 1' }])
    expectEqual(there(await log.find(unwanted.id), 'the job').state, 'cancelled')
  })

  it('settles: retried later, released without counting, failed, cancelled', async () => {
    const { queue, log, claims, pass, now } = await make()
    const { job } = await queue.enqueue({ type: 'a' })
    const failure = { message: 'x' }
    const first = claimed(await claims.claim(REQUEST))
    await claims.settle(first, { kind: 'retry', at: now() + 50, failure }, { done: 1 })
    const waiting = there(await log.find(job.id), 'the job')
    expectEqual([waiting.state, waiting.failure, waiting.progress], ['waiting', failure, { done: 1 }])
    expectEqual(await claims.claim(REQUEST), undefined)
    pass(50)
    const second = claimed(await claims.claim(REQUEST))
    expectEqual(second.job.attempt, 2)
    await claims.settle(second, { kind: 'released' }, undefined)
    const third = claimed(await claims.claim(REQUEST))
    expectEqual(third.job.attempt, 2)
    await claims.settle(third, { kind: 'failed', failure }, undefined)
    expectEqual(there(await log.find(job.id), 'the job').state, 'failed')
    await queue.retry(job.id)
    const fourth = claimed(await claims.claim(REQUEST))
    await queue.cancel(job.id)
    expectEqual(await claims.renew(fourth, 100, {}), 'cancel-requested')
    await claims.settle(fourth, { kind: 'retry', at: now(), failure }, undefined)
    expectEqual(there(await log.find(job.id), 'the job').state, 'cancelled')
  })
}

function claimed(claim: Claim | undefined): Claim {
  return there(claim, 'a job that is due')
}
