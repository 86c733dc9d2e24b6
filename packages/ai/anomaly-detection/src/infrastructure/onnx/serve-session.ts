import { type MessagePort, parentPort, workerData } from 'node:worker_threads'

import type * as OnnxRuntimeNode from 'onnxruntime-node'
import type { InferenceSession, Tensor } from 'onnxruntime-node'

import type { OnnxTensor } from '../../application/ports/onnx-runtime.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { OnnxElementType } from '../../domain/onnx/element-type.ts'
import { loadFailure, runFailure } from './runtime-failure.ts'
import {
  CLOSE,
  type SessionAnswer,
  type SessionMessage,
  type SessionOrder,
  type SessionRequest,
} from './session-messages.ts'

const RUNTIME_TYPES = { float: 'float32', double: 'float64', int32: 'int32', int64: 'int64' } as const
const WARNINGS_OFF = 3

type Runtime = typeof OnnxRuntimeNode

/** Loads the model that this thread was started with, and answers its runs in order until it is told to close. */
export async function serveSession(): Promise<void> {
  const port = parentPort
  if (port === null) return
  const order: SessionOrder = workerData
  const loading = loadSession(order)
  let isClosing = false
  const answer = async ({ id, inputs, output }: SessionRequest): Promise<void> => {
    if (isClosing) return
    try {
      const tensor = await (await loading)(inputs, output)
      post(port, { id, kind: 'done', tensor }, tensor.data.buffer)
    } catch (error) {
      post(port, refusal(id, runFailure(error)))
    }
  }
  let last = loading
    .then(() => post(port, { id: 0, kind: 'done', tensor: undefined }))
    .catch((error: unknown) => post(port, refusal(0, AnomalyDetectionError.is(error) ? error : loadFailure(error))))
  port.on('message', (message: SessionMessage) => {
    if (message === CLOSE) {
      isClosing = true
      void last.then(() => post(port, { kind: 'closed' }))
    } else last = last.then(() => answer(message)) // which never rejects
  })
}

type Run = (inputs: SessionRequest['inputs'], output: string) => Promise<OnnxTensor>

async function loadSession(order: SessionOrder): Promise<Run> {
  const runtime = await loadRuntime()
  const session = await createSession(runtime, order)
  return async (inputs, output) => {
    const feeds = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, inward(runtime, tensor)]))
    const results = await session.run(feeds, [output])
    return outward(results[output], output)
  }
}

async function loadRuntime(): Promise<Runtime> {
  try {
    return await import('onnxruntime-node')
  } catch (cause) {
    throw new AnomalyDetectionError(
      'anomaly-detection/missing-package',
      'running ONNX models needs the package onnxruntime-node: npm install onnxruntime-node@1 (with --ignore-scripts it does not ' +
        `fetch CUDA); on this machine it cannot be loaded: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)}`,
      { package: 'onnxruntime-node' },
      cause,
    )
  }
}

// Threads that wait by spinning double the processor's time: 304 ms became 560 to 600 ms, 317 ms without it.
function createSession(runtime: Runtime, { file, threads }: SessionOrder): Promise<InferenceSession> {
  return runtime.InferenceSession.create(file, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: WARNINGS_OFF,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
}

function inward({ Tensor: RuntimeTensor }: Runtime, { type, dims, data }: OnnxTensor): Tensor {
  return new RuntimeTensor(RUNTIME_TYPES[type], data as Float64Array, dims) // the array of that very type
}

function outward(tensor: Tensor | undefined, output: string): OnnxTensor {
  const type = Object.entries(RUNTIME_TYPES).find(([, name]) => name === tensor?.type)?.[0] as
    | OnnxElementType
    | undefined // a key of RUNTIME_TYPES
  if (tensor === undefined || type === undefined) {
    throw new AnomalyDetectionError(
      'anomaly-detection/onnx-failed',
      `output '${output}' gives ${tensor?.type ?? 'nothing'}, and numbers are needed (float, double, int32, int64)`,
      { output },
    )
  }
  return { type, dims: [...tensor.dims], data: (tensor.data as Float64Array).slice() } // of the runtime's type that was found
}

function refusal(id: number, { code, message, details }: AnomalyDetectionError): SessionAnswer {
  return { id, kind: 'refused', code, message, details }
}

function post(port: MessagePort, answer: SessionAnswer, memory?: ArrayBufferLike): void {
  port.postMessage(answer, memory instanceof ArrayBuffer ? [memory] : [])
}
