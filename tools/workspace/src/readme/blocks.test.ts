import { expect, it } from 'vitest'

import { blocksOf, commandsOf } from './blocks.ts'

const page = [
  '# Title',
  '```ts',
  "import { a } from 'a'",
  '```',
  'text',
  '```sh',
  '# a comment',
  '$ npx nomaly detect a.csv \\',
  '  --top 3   # and another',
  'npm install a',
  '```',
].join('\n')

it('finds the blocks of a language and leaves the others', () => {
  expect(blocksOf(page, 'ts')).toEqual(["import { a } from 'a'\n"])
  expect(blocksOf(page, 'json')).toEqual([])
})

it('reads one command a line', () => {
  expect(commandsOf(page)).toEqual(['npx nomaly detect a.csv --top 3', 'npm install a'])
})
