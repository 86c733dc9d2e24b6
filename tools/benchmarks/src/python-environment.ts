import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ended, outputOf } from './child-process.ts'

const folder = join(import.meta.dirname, '../.venv')
const requirements = join(import.meta.dirname, '../peers/requirements.txt')
const stamp = join(folder, 'requirements.sha256')
const python = process.platform === 'win32' ? join(folder, 'Scripts/python.exe') : join(folder, 'bin/python')

/**
 * The Python of a virtual environment that holds the peers; made when it is missing or its requirements have changed.
 * @throws Error where there is no Python 3.11 or later, or the peers cannot be installed
 */
export async function pythonWithPeers(): Promise<string> {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex')
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python
  const system = await systemPython()
  console.error('Installing scikit-learn and PyOD into tools/benchmarks/.venv (once, about a minute) ...')
  rmSync(folder, { recursive: true, force: true })
  await outputOf(system, ['-m', 'venv', folder])
  await outputOf(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  writeFileSync(stamp, wanted)
  return python
}

async function systemPython(): Promise<string> {
  for (const name of ['python3', 'python']) {
    const isRecent = ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))']
    // a command that is not there is an answer as good as one that is too old: the next name is tried
    const answer = await ended(name, isRecent, { seconds: 30 }).catch(() => undefined)
    if (answer?.code === 0) return name
  }
  throw new Error(
    'the peers need Python 3.11 or later with the module venv, as `python3` or `python` on the PATH; there is none. ' +
      'Install it (Debian and Ubuntu: apt-get install python3 python3-venv) and run this again.',
  )
}
