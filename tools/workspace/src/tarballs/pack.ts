import { join } from 'node:path'

import { mustRun } from '../command.ts'
import type { Room } from '../rooms.ts'
import { mapLimited } from '../steps.ts'
import { workspaceRoot } from '../workspace-root.ts'

/** A packed room: the file that npm would get. */
export interface Tarball {
  readonly room: Room
  /** Absolute path of the .tgz. */
  readonly path: string
}

/**
 * Packs rooms as they were built, without running their scripts again: nothing else loses its `dist` meanwhile.
 * @param destination - an absolute, existing folder
 */
export function packAll(rooms: ReadonlyArray<Room>, destination: string): Promise<ReadonlyArray<Tarball>> {
  return mapLimited(rooms, 2, async (room) => {
    const path = join(destination, `${room.manifest.name.replace('@', '').replace('/', '-')}.tgz`)
    await mustRun('pnpm', ['pack', '--config.ignore-scripts=true', '--out', path], {
      cwd: join(workspaceRoot, room.folder),
    })
    return { room, path }
  })
}
