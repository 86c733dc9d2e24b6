export { type PythonWithMlflow, pythonWithMlflow } from './python.ts'
export { type RealServer, startRealServer } from './real-server.ts'
