import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { readRooms, withDependencies } from '../rooms.ts'
import { mapLimited } from '../steps.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { installOutside } from './outside.ts'
import { packAll } from './pack.ts'
import { type Trial, tryCommand, tryExample, tryImports } from './trials.ts'

// How users get the packages: packed, installed by npm in an empty folder outside the workspace, and used there.
const outside = mkdtempSync(join(tmpdir(), 'nomaly-packed-'))
try {
  const rooms = readRooms(workspaceRoot)
  mkdirSync(join(outside, 'tarballs'))
  const tarballs = await packAll(rooms, join(outside, 'tarballs'))
  const together = await installOutside(outside, 'together', tarballs)

  const trials: Trial[] = []
  const report = (trial: Trial): void => {
    console.log(`${trial.problem === undefined ? 'ok    ' : 'FAILED'}  ${trial.what}`)
    if (trial.problem !== undefined) console.log(trial.problem.replaceAll(/^/gm, '    '))
    trials.push(trial)
  }
  for (const room of rooms) report(await tryExample(together, room))
  if (rooms.some(({ manifest }) => manifest.bin !== undefined))
    for (const trial of await tryCommand(together)) report(trial)
  await mapLimited(rooms, 2, async (room) => {
    const needed = new Set(withDependencies(room, rooms))
    const name = `alone-${room.manifest.name.replace(/^@/, '').replace('/', '-')}`
    const folder = await installOutside(
      outside,
      name,
      tarballs.filter((tarball) => needed.has(tarball.room)),
    )
    report(await tryImports(folder, room))
  })

  const failed = trials.filter(({ problem }) => problem !== undefined).length
  console.log(`packed: ${trials.length - failed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && trials.length > 0 ? 0 : 1
} finally {
  rmSync(outside, { recursive: true, force: true })
}
