import type { ModelChoice } from '../../application/score-with-model.ts'
import type { OnnxCommandContext } from './onnx-command-context.ts'
import type { ExportFlags } from './onnx-flags.ts'

/** Runs `export MODEL`: a file that fails its verification is not written. */
export async function runExport(choice: ModelChoice, flags: ExportFlags, context: OnnxCommandContext): Promise<void> {
  const { float = false, verify = false, output } = flags
  const exporting = await context.exporting()
  context.progress(verify ? 'exporting and verifying' : 'exporting')
  const exported = await exporting.execute(choice, { float, verify, signal: context.signal })
  const { name, version, detector, threshold, file, verification } = exported
  const path = output ?? `${name}-${version}.onnx`
  await context.save(path, file)
  context.progress(undefined)
  await context.print(
    {
      columns: [
        { name: 'file', kind: 'text' },
        { name: 'bytes', kind: 'integer' },
        { name: 'model', kind: 'text' },
        { name: 'detector', kind: 'text' },
        { name: 'dtype', kind: 'text' },
        { name: 'threshold', kind: 'number' },
        { name: 'verified_rows', kind: 'integer' },
        { name: 'largest_difference', kind: 'number' },
      ],
      rows: [
        [
          path,
          file.length,
          `${name}@${version}`,
          detector,
          float ? 'float' : 'double',
          threshold,
          verification?.rows ?? 0,
          verification?.worst ?? null,
        ],
      ],
      layout: 'fields',
    },
    {},
  )
}
