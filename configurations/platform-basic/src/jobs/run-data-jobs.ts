import { BasicDataConfiguration, tokens } from '@nomaly/configuration-data-basic'
import { QualityError } from '@nomaly/data-quality'
import type { JobContext } from '@nomaly/integration-sqlite'

import { jobInputs, type ThreadJob } from './job-inputs.ts'

/** Describes a data set. */
export async function runProfile(
  { dataPath, dataset: { name }, file }: ThreadJob,
  context: JobContext,
): Promise<unknown> {
  const { services, source, close } = opened(dataPath, file, context)
  try {
    const kept = await services.profiler.profile(source, {
      source: name,
      signal: context.signal,
      onProgress: ({ done, total, what }) => context.progress({ done, total, message: what }),
    })
    return { profile: kept.id }
  } finally {
    await close()
  }
}

/** Checks a data set; its results are kept under its name, so that they show how its uploads went. */
export async function runCheck(
  { dataPath, dataset: { name }, file, input }: ThreadJob,
  context: JobContext,
): Promise<unknown> {
  const { suite: wanted } = jobInputs.check.parse(input)
  const { services, source, close } = opened(dataPath, file, context)
  try {
    const suite = (await services.suites.get(wanted))?.suite
    if (suite === undefined)
      throw new QualityError('quality/unknown-suite', `no suite is kept under ${JSON.stringify(wanted)}`, {
        name: wanted,
      })
    const total = suite.expectations.length
    let done = 0
    const kept = await services.quality.check(suite, source, {
      dataset: name,
      source: name,
      signal: context.signal,
      onResult: ({ expectation }) => context.progress({ done: ++done, total, message: expectation.type }),
    })
    return { result: kept.id, success: kept.validation.success }
  } finally {
    await close()
  }
}

function opened(dataPath: string, { path, format }: ThreadJob['file'], context: JobContext) {
  const configuration = new JobConfiguration(dataPath, context)
  return {
    services: configuration.createServices(),
    source: { paths: [path], format },
    close: () => configuration.close(),
  }
}

/** What a job keeps has the job's id, so that an attempt that does it again keeps no second one. */
class JobConfiguration extends BasicDataConfiguration {
  constructor(dataPath: string, { id, emit }: JobContext) {
    super({ dataPath, events: { publish: async (event) => emit(event) } })
    this.container.rebind(tokens.ids).toConstantValue(() => id)
  }
}
