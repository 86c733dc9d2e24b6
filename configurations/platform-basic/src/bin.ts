#!/usr/bin/env node
// The command, and the thread that it gives its long work to: one file, so that the thread is found wherever this is.
import { isMainThread } from 'node:worker_threads'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`nomaly needs Node 22.13 or later, and this is ${process.versions.node}\n`)
  process.exitCode = 2
} else if (isMainThread) {
  const { main } = await import('./main.ts')
  await main()
} else {
  const { serveWork } = await import('./work/serve-work.ts')
  serveWork()
}
