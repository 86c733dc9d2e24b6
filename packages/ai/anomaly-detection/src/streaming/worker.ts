/** A thread that hosts streams, for the thread that started it. */
import { serveStreams } from '../infrastructure/streaming/hosted/serve-streams.ts'

await serveStreams()
