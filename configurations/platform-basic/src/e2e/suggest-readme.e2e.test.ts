import { existsSync, readFileSync, symlinkSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 120_000 })
const { folder, remove } = scratch()
afterAll(remove)

const readme = readFileSync(fileURLToPath(new URL('../../../../README.md', import.meta.url)), 'utf8')
// What `npm install --no-save vega-datasets@3` leaves behind.
mkdirSync(join(folder, 'node_modules'))
symlinkSync(
  fileURLToPath(new URL('..', import.meta.resolve('vega-datasets'))),
  join(folder, 'node_modules/vega-datasets'),
)

describe('the front page', () => {
  it.each(['birdstrikes.csv', 'flights-3m.parquet'])(
    'gets a page and a suite of %s with its commands',
    async (file) => {
      const name = file.replace(/\..*/, '')
      const commands = [...readme.matchAll(/^nomaly (profile|suggest|check) (.*birdstrikes.*)$/gm)].map(
        ([, command = '', rest = '']) => [
          command,
          ...rest.replace('birdstrikes.csv', file).replaceAll('birdstrikes.', `${name}.`).split(' '),
        ],
      )
      expect(commands.map(([command]) => command)).toEqual(['profile', 'suggest', 'check'])
      const outcomes = []
      for (const command of commands) outcomes.push(await nomaly(command, { cwd: folder }))
      expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0])
      expect(readFileSync(join(folder, `${name}.html`), 'utf8')).toMatch(/^<!doctype html>/)
      expect(existsSync(join(folder, `${name}.yml`))).toBe(true)
      const [header, ...met] = linesOf(outcomes[2]?.stdout ?? '')
      expect(header).toMatch(/^outcome,severity,expectation,/)
      expect(met.length).toBeGreaterThan(15)
      expect(met.filter((line) => !line.startsWith('met,'))).toEqual([])
    },
  )
})
