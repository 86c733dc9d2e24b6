/** A thread that holds one ONNX model and runs it, for the thread that started it. */
import { serveSession } from '../infrastructure/onnx/serve-session.ts'

await serveSession()
