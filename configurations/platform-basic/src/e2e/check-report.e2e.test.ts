import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const file = write(
  'people.csv',
  `id,contact\n${Array.from({ length: 30 }, (_, i) => `${i},someone${i}@example.org`).join('\n')}\n`,
)
const suite = write(
  'suite.yml',
  `name: people
expectations:
  - { type: expectColumnValuesToMatchRegex, kwargs: { column: contact, regex: '\\.com$' } }
  - { type: expectColumnValuesToBeUnique, kwargs: { column: id } }
`,
)

it('writes a page that shows failing rows and the statement that selects them, and masks what is personal', async () => {
  const page = join(folder, 'report.html')
  const { code, stdout, stderr } = await nomaly(['check', file, '--suite', suite, '--keys', 'id', '-o', page])
  expect([code, stdout]).toEqual([0, ''])
  expect(linesOf(stderr)).toEqual([`wrote ${page}`])
  const written = readFileSync(page, 'utf8')
  expect(written).toMatch(/^<!doctype html>/)
  expect(written).toContain('30 unexpected (100 %).')
  expect(written).toMatch(/What selects these rows<\/summary><pre>SELECT .*regexp_matches/)
  expect(written).not.toContain('someone')
  await nomaly(['check', file, '--suite', suite, '--keys', 'id', '-o', page, '--unmask'])
  expect(readFileSync(page, 'utf8')).toContain('someone0@example.org')
})

it.each(['csv', 'json', 'jsonl', 'junit', 'github', 'openlineage'])('masks what is personal as %s', async (format) => {
  const args = ['check', file, '--suite', suite, '--keys', 'id', '--format', format, '--result-format', 'COMPLETE']
  const { stdout } = await nomaly(args)
  expect(stdout).toContain('expectColumnValuesToMatchRegex')
  expect(stdout).not.toContain('someone')
  if (format !== 'openlineage') expect((await nomaly([...args, '--unmask'])).stdout).toContain('someone')
})

it('gives OpenLineage events of one run, START and COMPLETE', async () => {
  const { stdout } = await nomaly(['check', file, '--suite', suite, '--format', 'openlineage'])
  const events = linesOf(stdout).map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(events.map((event) => event['eventType'])).toEqual(['START', 'COMPLETE'])
  expect(events[0]?.['run']).toEqual(events[1]?.['run'])
})

it('has the score in its JSON', async () => {
  const { stdout } = await nomaly(['check', file, '--suite', suite, '--format', 'json'])
  expect(JSON.parse(stdout)).toMatchObject({
    score: {
      score: 50,
      dimensions: [
        { dimension: 'validity', score: 0 },
        { dimension: 'uniqueness', score: 100 },
      ],
    },
  })
})
