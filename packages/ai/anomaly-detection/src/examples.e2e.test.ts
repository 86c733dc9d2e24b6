import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('..', import.meta.url))

it.each(readdirSync(`${folder}/examples`))(
  'runs examples/%s, and the README shows it',
  async (name) => {
    const program = readFileSync(`${folder}/examples/${name}`, 'utf8')
    expect(readFileSync(`${folder}/README.md`, 'utf8')).toContain(`\`\`\`ts\n${program}\`\`\``)
    const { stdout } = await run(process.execPath, [`examples/${name}`], { cwd: folder })
    expect(stdout.trim()).not.toBe('')
  },
  60_000,
)
