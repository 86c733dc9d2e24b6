import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { workspaceRoot } from './workspace-root.ts'

// Builds the command where its sources changed, then is the command: same folder, same streams, same exit code.
const build = spawnSync('nx', ['run', 'nomaly:build', '--output-style=static'], {
  cwd: workspaceRoot,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
})
if (build.error) throw build.error
if (build.status === 0) start()
else {
  process.stderr.write(build.stdout + build.stderr)
  process.exitCode = build.status ?? 1
}

function start(): void {
  const bin = join(workspaceRoot, 'configurations/platform-basic/dist/bin.js')
  const child = spawn(process.execPath, [bin, ...process.argv.slice(2)], {
    cwd: process.env['INIT_CWD'] ?? process.cwd(), // pnpm itself changes to the root before it runs a script
    stdio: 'inherit',
  })
  // Ctrl-C reaches the child by itself; this process only waits for what the child makes of it.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.once('error', (error) => {
    console.error(error)
    process.exitCode = 1
  })
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}
