import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

const folder = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

it.each(readdirSync(`${folder}/examples`))('runs examples/%s, and the README shows it', async (name) => {
  const program = readFileSync(`${folder}/examples/${name}`, 'utf8')
  expect(readFileSync(`${folder}/README.md`, 'utf8')).toContain(program)
  const { stdout } = await run(process.execPath, [`examples/${name}`], { cwd: folder })
  expect(stdout.trim()).not.toBe('')
})
