import type { JobKind } from '@nomaly/integration-sqlite/http'

import { jobInputs, type JobKindName } from './job-inputs.ts'

const SUMMARIES: Readonly<Record<JobKindName, string>> = {
  detect:
    'finds the anomalies of a data set and keeps the result: with a detector fitted to it, a batch at a time with a kept model, or, with `time`, in each of its series',
  train: 'fits a detector to a data set and keeps it as the next version of the model `name`',
  evaluate:
    'measures how detectors rank the rows of a data set whose column `label`, or the feedback on its results, says which are anomalies',
  explain: 'says why rows of a data set score as they do',
  profile: 'describes a data set; the profile is kept',
  check: 'checks a data set against the kept `suite`; the result is kept',
  suggest: 'answers a suite of what a data set speaks for; nothing is kept',
}

/** The kinds of jobs, as the routes offer them. */
export const jobKinds: Readonly<Record<string, JobKind>> = Object.fromEntries(
  Object.entries(jobInputs).map(([name, schema]) => [
    name,
    {
      summary: SUMMARIES[name as JobKindName], // the keys of jobInputs
      check: (input: unknown) => {
        const { error } = schema.safeParse(input)
        return error?.issues.map(({ path, message }) => ({ path: ['input', ...path].join('.'), message })) ?? []
      },
    },
  ]),
)
