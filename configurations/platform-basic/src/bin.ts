#!/usr/bin/env node
// The command, and the thread that it gives its long work to: one file, so that the thread is found wherever this is.
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  const { main } = await import('./main.ts')
  await main()
} else {
  const { serveWork } = await import('./work/serve-work.ts')
  serveWork()
}
