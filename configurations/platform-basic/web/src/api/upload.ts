import { refusal } from './ask.ts'
import type { Dataset } from './types.ts'

/** Sends a file to be kept, and tells how far it is, which `fetch` cannot. The signal breaks it off. */
export function upload(
  file: File,
  { onProgress, signal }: { readonly onProgress: (sentBytes: number) => void; readonly signal: AbortSignal },
): Promise<Dataset> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/datasets?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
    request.addEventListener('load', () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Dataset) // as the API describes it
      else reject(refusal(request.status, request.responseText))
    })
    const broken = 'The upload broke off. See whether "nomaly serve" still runs, then try again.'
    request.addEventListener('error', () => reject(new Error(broken)))
    request.addEventListener('abort', () => reject(new Error('You broke the upload off.')))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
