import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { run } from '../command.ts'
import { readRooms } from '../rooms.ts'
import { mapLimited } from '../steps.ts'
import { packAll, type Tarball } from '../tarballs/pack.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { sizeLimitOf } from './size-limits.ts'

// What npm would get: its manifest (publint), its types as others resolve them (attw), and its size.
const destination = mkdtempSync(join(tmpdir(), 'nomaly-tarballs-'))
try {
  const tarballs = await packAll(readRooms(workspaceRoot), destination)
  const problems = (await mapLimited(tarballs, 2, problemsOf)).flat()
  for (const problem of problems) console.log(`FAILED  ${problem}`)
  process.exitCode = tarballs.length > 0 && problems.length === 0 ? 0 : 1
} finally {
  rmSync(destination, { recursive: true, force: true })
}

async function problemsOf({ room, path }: Tarball): Promise<ReadonlyArray<string>> {
  const { name } = room.manifest
  const publint = await run('publint', ['run', path, '--strict'], { cwd: destination })
  const types = await run('attw', [path, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'], {
    cwd: destination,
  })
  const bytes = statSync(path).size
  const limit = sizeLimitOf(name)
  console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB packed, limit ${limit / 1000} kB`)
  return [
    ...(publint.code === 0 ? [] : [`publint: ${publint.output}`]),
    ...(types.code === 0 ? [] : [`attw: ${types.output}`]),
    ...(bytes <= limit ? [] : [`${name} is ${bytes} bytes packed; the limit is ${limit} (hygiene/size-limits.ts)`]),
  ]
}
