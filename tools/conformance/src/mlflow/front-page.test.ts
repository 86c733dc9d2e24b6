import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../..')

/** The program of a page that holds the word, whatever its block is called. */
function programOf(page: string, word: string): string {
  const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```\w+\n([^]*?)^```$/gm)]
  const found = blocks.map(([, text = '']) => text).find((text) => text.includes(word))
  if (found === undefined) throw new Error(`${page} has no program with ${word}`)
  return found
}

describe('the front page', () => {
  // `ten-lines.e2e.test.ts` runs those of the package's README.
  it.each(['new ExperimentTracker(store)', 'mlflow.start_run'])('has the program that is run, with %s', (word) => {
    expect(programOf('README.md', word)).toBe(programOf('packages/integrations/mlflow/README.md', word))
  })
})
