import { readFile } from 'node:fs/promises'

const RESERVED = 256 // for files, threads and the database
const LEAST = 64

/**
 * How many connections there may be at once, so that files can still be opened: as many as the system lets the process have files,
 * but for some hundred. Undefined where it does not tell.
 */
export async function mostConnections(limits = '/proc/self/limits'): Promise<number | undefined> {
  const text = await readFile(limits, 'utf8').catch(() => '') // there is none but on Linux
  const [, most] = /^Max open files +(\d+)/m.exec(text) ?? []
  return most === undefined ? undefined : Math.max(LEAST, Number(most) - RESERVED)
}
