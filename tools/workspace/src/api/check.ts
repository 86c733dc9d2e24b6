import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { readRooms, type Room } from '../rooms.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { type ApiReport, reportsOf } from './reports.ts'

// Compares every public surface with its committed report; with --update writes the reports instead.
// Further arguments are the folders to look at; none means all.
const update = process.argv.includes('--update')
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const rooms = readRooms(workspaceRoot).filter(({ folder }) => only.length === 0 || only.includes(folder))
const scratch = mkdtempSync(join(tmpdir(), 'nomaly-api-'))
try {
  const current = new Set<string>()
  for (const room of rooms) {
    for (const { path, text, problems } of readable(room)) {
      current.add(path)
      for (const problem of problems) fail(problem)
      if (update) writeFileSync(join(workspaceRoot, path), text)
      else compare(path, text)
    }
  }
  const committed =
    only.length > 0 ? [] : globSync(['packages/*/*/*.api.md', 'configurations/*/*.api.md'], { cwd: workspaceRoot })
  for (const path of committed.map((found) => found.replaceAll('\\', '/'))) {
    if (current.has(path)) continue
    if (update) rmSync(join(workspaceRoot, path))
    else fail(`${path} describes an entry that is gone`)
  }
  if (current.size === 0) fail('no public surface was read')
  console.log(`${current.size} API reports ${update ? 'written' : 'read'}`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function readable(room: Room): ReadonlyArray<ApiReport> {
  try {
    return reportsOf(workspaceRoot, room, scratch)
  } catch (error) {
    fail(`${room.manifest.name}: ${error instanceof Error ? error.message : String(error)}`)
    return []
  }
}

function compare(path: string, text: string): void {
  const committed = existsSync(join(workspaceRoot, path)) ? readFileSync(join(workspaceRoot, path), 'utf8') : ''
  if (committed === text) return
  fail(`${path} differs from the surface that was built; if that is meant: npx -y pnpm@12 run api`)
  const known = new Set(committed.split('\n'))
  const built = new Set(text.split('\n'))
  for (const line of committed.split('\n')) if (!built.has(line)) console.log(`    - ${line}`)
  for (const line of text.split('\n')) if (!known.has(line)) console.log(`    + ${line}`)
}

function fail(problem: string): void {
  console.log(`FAILED  ${problem}`)
  process.exitCode = 1
}
