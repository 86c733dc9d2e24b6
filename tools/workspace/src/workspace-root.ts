import { join } from 'node:path'

/** The absolute folder of the repository that this file stands in. */
export const workspaceRoot: string = join(import.meta.dirname, '../../..')
