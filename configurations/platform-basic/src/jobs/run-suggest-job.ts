import { createBasicDataConfiguration } from '@nomaly/configuration-data-basic'
import { heldSuggestions, suggestedSuite, suggestExpectations, type Suggestion } from '@nomaly/data-quality'
import { documentText } from '@nomaly/data-quality/node'
import type { JobContext } from '@nomaly/integration-sqlite'

import { CHECK_ENGINES } from '../tables/check-engines.ts'
import { makeProfile } from '../tables/make-profile.ts'
import { openTable } from '../tables/open-table.ts'
import { jobInputs, type ThreadJob } from './job-inputs.ts'

/** Values listed of a column: those of columns with more make no set. */
const TOP = 50

/** Answers the suite that a data set speaks for, over the one that is kept under the name, and why it says what it says. */
export async function runSuggest(
  { dataPath, dataset: { name: dataset }, file, input }: ThreadJob,
  context: JobContext,
): Promise<unknown> {
  const { name = dataset.replace(/(\.\w{1,7}){1,2}$/, '') || 'table', confidence } = jobInputs.suggest.parse(input)
  const table = { paths: [file.path], inputFormat: file.format }
  const surroundings = { stdin: noInput(), signal: context.signal, note: () => undefined }
  const profile = await makeProfile(
    table,
    { top: TOP },
    { ...surroundings, onProgress: ({ done, total, what }) => context.progress({ done, total, message: what }) },
  )
  const { engine, close } = await openTable(table, CHECK_ENGINES, surroundings)
  try {
    const { held } = await heldSuggestions(suggestExpectations(profile, { confidence }), engine, surroundings)
    return await documentOf(held, name, dataPath)
  } finally {
    await close()
  }
}

async function documentOf(held: ReadonlyArray<Suggestion>, name: string, dataPath: string): Promise<unknown> {
  const configuration = createBasicDataConfiguration({ dataPath })
  try {
    const previous = (await configuration.createServices().suites.get(name))?.suite
    const { suite, states } = suggestedSuite(held, { name, previous })
    const suggestions = held.map(({ id, reason }) => ({ id, reason, state: states.get(id) }))
    return JSON.parse(documentText({ suite, suggestions }, 'json')) // whole numbers past 2^53 as text
  } finally {
    await configuration.close()
  }
}

async function* noInput(): AsyncGenerator<Uint8Array> {}
