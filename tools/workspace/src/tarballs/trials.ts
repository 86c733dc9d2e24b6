import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type CommandResult, run } from '../command.ts'
import { blocksOf } from '../readme/blocks.ts'
import { entriesOf, type Room } from '../rooms.ts'
import { workspaceRoot } from '../workspace-root.ts'

/** One thing that a user does with what was installed, and what went wrong, if anything. */
export interface Trial {
  readonly what: string
  readonly problem: string | undefined
}

/** Runs the quick start of a room in `folder`, where the room is installed, and looks for its text in the README. */
export async function tryExample(folder: string, room: Room): Promise<Trial> {
  const what = `${room.manifest.name}: its README example`
  const source = join(workspaceRoot, room.folder, 'examples/quick-start.ts')
  const readme = join(folder, 'node_modules', room.manifest.name, 'README.md')
  if (!existsSync(source)) return { what, problem: `${room.folder}/examples/quick-start.ts is missing` }
  if (!existsSync(readme)) return { what, problem: 'the tarball has no README.md' }
  if (!blocksOf(readFileSync(readme, 'utf8'), 'ts').includes(readFileSync(source, 'utf8'))) {
    return { what, problem: 'no ts block of the README is the text of examples/quick-start.ts' }
  }
  const copy = `${room.shortName}.quick-start.ts`
  copyFileSync(source, join(folder, copy))
  const result = await run('node', [copy], { cwd: folder })
  return { what, problem: failureOf(result) ?? (result.stdout.trim() === '' ? 'it printed nothing' : undefined) }
}

/**
 * Imports every entry of a room in `folder`, where nothing but the room and its own dependencies is installed. The entry
 * `./worker` is the file of a thread: it has to load, but need not export anything. The entry `./http` may say that it lacks
 * an optional peer of the room.
 */
export async function tryImports(folder: string, room: Room): Promise<Trial> {
  const specifiers = entriesOf(room.manifest).map(({ subpath }) => room.manifest.name + subpath.slice(1))
  const peers = Object.keys(room.manifest.peerDependenciesMeta ?? {})
  const script = `const peers = ${JSON.stringify(peers)}
  for (const entry of ${JSON.stringify(specifiers)}) {
    const lacks = ({ code, message }) => {
      const [, missing] = /Cannot find package '([^']+)'/.exec(message) ?? []
      return entry.endsWith('/http') && code === 'ERR_MODULE_NOT_FOUND' && peers.includes(missing) ? missing : undefined
    }
    const loaded = await import(entry).catch((error) => {
      const missing = lacks(error)
      if (missing === undefined) throw error
      return { ['needs ' + missing]: undefined }
    })
    const names = Object.keys(loaded)
    if (names.length === 0 && !entry.endsWith('/worker')) throw new Error(entry + ' exports nothing')
    console.log(entry, names.length)
  }`
  const result = await run('node', ['--input-type=module', '--eval', script], { cwd: folder })
  return { what: `${room.manifest.name} alone: ${specifiers.length} entries`, problem: failureOf(result) }
}

/** Uses the installed command as a user would, on a file whose 31st row is far from the others. */
export async function tryCommand(folder: string): Promise<ReadonlyArray<Trial>> {
  const rows = Array.from({ length: 60 }, (_, row) => [Math.sin(row), Math.cos(row * 1.7)])
  rows[30] = [40, -40]
  writeFileSync(join(folder, 'data.csv'), ['a,b', ...rows.map((row) => row.join(','))].join('\n'))
  const version: unknown = JSON.parse(readFileSync(join(folder, 'node_modules/nomaly/package.json'), 'utf8')).version

  const nomaly = (...args: ReadonlyArray<string>): Promise<CommandResult> =>
    run('npx', ['nomaly', ...args], { cwd: folder })
  const help = await nomaly('--help')
  const shown = await nomaly('--version')
  const detected = await nomaly('detect', 'data.csv', '--detector', 'knn', '--top', '1', '--format', 'csv')
  return [
    { what: 'npx nomaly --help', problem: failureOf(help) ?? lacking(help, 'detect') },
    { what: 'npx nomaly --version', problem: failureOf(shown) ?? lacking(shown, String(version)) },
    { what: 'npx nomaly detect data.csv', problem: failureOf(detected) ?? lacking(detected, '\n31,') },
  ]
}

function failureOf({ code, output }: CommandResult): string | undefined {
  return code === 0 ? undefined : `ended with ${code}:\n${output}`
}

function lacking({ stdout }: CommandResult, text: string): string | undefined {
  return stdout.includes(text) ? undefined : `its output lacks ${JSON.stringify(text)}:\n${stdout}`
}
