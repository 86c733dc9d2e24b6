import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { outputOf } from '../child-process.ts'

/**
 * The Python of a virtual environment in the temporary folder that holds these requirements; made when it is missing.
 * @throws Error where there is no Python 3, or the packages cannot be installed
 */
export async function pythonOf(requirements: string): Promise<string> {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = join(tmpdir(), `nomaly-bench-venv-${wanted}`)
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  if (existsSync(join(folder, 'complete'))) return python
  console.error(`Installing what ${requirements} lists (once, some minutes) ...`)
  await outputOf('python3', ['-m', 'venv', folder])
  await outputOf(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  await outputOf(python, ['-c', `open(${JSON.stringify(join(folder, 'complete'))}, 'w').close()`])
  return python
}
