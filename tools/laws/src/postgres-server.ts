import { execFileSync, spawn } from 'node:child_process'
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { freePort } from './free-port.ts'

/** A Postgres of our own on a free port of the loopback, with an empty database in ICU's English collation. */
export interface PostgresServer {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** The folder of Postgres' programs, or nothing when it is not installed (`apt-get install postgresql`). */
export function postgresPrograms(): string | undefined {
  const found = globSync([
    '/usr/lib/postgresql/*/bin/initdb',
    '/usr/pgsql-*/bin/initdb',
    '/opt/homebrew/opt/postgresql*/bin/initdb',
  ])
  const newest = found.toSorted().at(-1)
  return newest === undefined ? undefined : dirname(newest)
}

/** Runs statements by Postgres' own client. */
export function runSql(programs: string, { url }: Pick<PostgresServer, 'url'>, sql: string): void {
  execFileSync(join(programs, 'psql'), [url, '-q', '-v', 'ON_ERROR_STOP=1'], {
    input: sql,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
}

/** Starts a server. It refuses to run as root, so root hands it to the user `postgres` or `nobody`. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-postgres-'))
  const owner = process.getuid?.() === 0 ? ownerOf(['postgres', 'nobody']) : {}
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const collation = ['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US']
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-sync', ...collation],
    {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const port = await freePort()
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'timezone=Asia/Tokyo',
  ]
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => {
      resolve()
    })
  })
  return {
    url: `postgres://test@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ownerOf(users: ReadonlyArray<string>): { readonly uid?: number; readonly gid?: number } {
  for (const user of users) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, user], { stdio: 'pipe' }).toString()),
      )
      if (uid !== undefined && gid !== undefined) return { uid, gid }
    } catch {
      // no such user: the next one is tried
    }
  }
  throw new Error(`Postgres does not run as root, and there is none of the users ${users.join(', ')} to run it`)
}
