import { createBasicDataConfiguration } from '@nomaly/configuration-data-basic'
import type { JobContext } from '@nomaly/integration-sqlite'

import { jobInputs, type ThreadJob } from './job-inputs.ts'

/** Describes a data set. */
export async function runProfile({ dataPath, file }: ThreadJob, context: JobContext): Promise<unknown> {
  const { services, source, close } = opened(dataPath, file, context)
  try {
    const kept = await services.profiler.profile(source, {
      signal: context.signal,
      onProgress: ({ done, total, what }) => context.progress({ done, total, message: what }),
    })
    return { profile: kept.id }
  } finally {
    await close()
  }
}

/** Checks a data set. */
export async function runCheck({ dataPath, file, input }: ThreadJob, context: JobContext): Promise<unknown> {
  const { suite } = jobInputs.check.parse(input)
  const { services, source, close } = opened(dataPath, file, context)
  try {
    const kept = await services.quality.check(suite, source, { signal: context.signal })
    return { result: kept.id, success: kept.validation.success }
  } finally {
    await close()
  }
}

function opened(dataPath: string, { path, format }: ThreadJob['file'], { emit }: JobContext) {
  const configuration = createBasicDataConfiguration({ dataPath, events: { publish: async (event) => emit(event) } })
  return {
    services: configuration.createServices(),
    source: { paths: [path], format },
    close: () => configuration.close(),
  }
}
