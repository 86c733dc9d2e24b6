import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'

import { type CommandResult, run } from '../command.ts'
import { workspaceRoot } from '../workspace-root.ts'

/** A copy of the workspace without its packages: root files, tools/workspace and tools/laws. */
export interface ScratchWorkspace {
  readonly root: string
  /** Runs a command of the copy in the copy. */
  readonly run: (command: string, ...args: ReadonlyArray<string>) => Promise<CommandResult>
  readonly remove: () => void
}

/** Copies into a new temporary folder; nothing is installed yet. */
export function createScratchWorkspace(): ScratchWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'nomaly-scratch-'))
  const rootFiles = readdirSync(workspaceRoot, { withFileTypes: true }).filter((entry) => entry.isFile())
  for (const { name } of rootFiles) cpSync(join(workspaceRoot, name), join(root, name))
  for (const tool of ['tools/workspace', 'tools/laws']) {
    cpSync(join(workspaceRoot, tool), join(root, tool), {
      recursive: true,
      filter: (path) => basename(path) !== 'node_modules',
    })
  }
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`
  return {
    root,
    run: (command, ...args) => run(command, args, { cwd: root, env: { PATH: path, NODE_ENV: undefined } }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
