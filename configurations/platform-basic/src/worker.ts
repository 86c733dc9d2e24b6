import type { JobHandler } from '@nomaly/integration-sqlite'

import { refuse } from './jobs/job-handlers.ts'
import type { ThreadJob } from './jobs/job-inputs.ts'
import { runCheck, runProfile } from './jobs/run-data-jobs.ts'
import { runDetect } from './jobs/run-detect.ts'
import { runExplain, runTrain } from './jobs/run-detection-jobs.ts'
import { runEvaluate } from './jobs/run-evaluate.ts'
import { runSuggest } from './jobs/run-suggest-job.ts'
import { answerRequest as answer, type ThreadRequest } from './serve/heavy/answer-request.ts'
import { streamDownload, type ThreadDownload } from './serve/heavy/stream-download.ts'

// What the disk or the machine refused may go well later; what is wrong with data or options stays wrong.
const MAY_PASS = /\/(?:storage-failed|unavailable|timed-out|worker-failed|cancelled)$/

const handler =
  (run: (job: ThreadJob, context: Parameters<JobHandler>[1]) => Promise<unknown>): JobHandler =>
  async (job, context) => {
    try {
      return await run(job as ThreadJob, context) // made by jobHandlers
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (context.signal.aborted || !code.includes('/') || MAY_PASS.test(code)) throw error
      return refuse(error)
    }
  }

/** On a thread of `nomaly serve`: a job of the kind `detect`. */
export const detectJob: JobHandler = handler(runDetect)
/** On a thread of `nomaly serve`: a job of the kind `train`. */
export const trainJob: JobHandler = handler(runTrain)
/** On a thread of `nomaly serve`: a job of the kind `evaluate`. */
export const evaluateJob: JobHandler = handler(runEvaluate)
/** On a thread of `nomaly serve`: a job of the kind `explain`. */
export const explainJob: JobHandler = handler(runExplain)
/** On a thread of `nomaly serve`: a job of the kind `profile`. */
export const profileJob: JobHandler = handler(runProfile)
/** On a thread of `nomaly serve`: a job of the kind `check`. */
export const checkJob: JobHandler = handler(runCheck)
/** On a thread of `nomaly serve`: a job of the kind `suggest`. */
export const suggestJob: JobHandler = handler(runSuggest)
/** On a thread of `nomaly serve`: a request that may compute for long. */
export const answerRequest: JobHandler = (request, context) => answer(request as ThreadRequest, context) // made by createHandOver
/** On a thread of `nomaly serve`: the bytes of a download, part by part. */
export const downloadOnThread: JobHandler = (download, context) => streamDownload(download as ThreadDownload, context) // made by createDownloads
