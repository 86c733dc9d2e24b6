import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { mlrunsSource } from '@nomaly/integration-mlflow/node'

// A folder as MLflow's Python client has always made it: one experiment with one run.
const folder = await mkdtemp(join(tmpdir(), 'mlruns-'))
await mkdir(join(folder, '1/a1b2/metrics'), { recursive: true })
await mkdir(join(folder, '1/a1b2/params'))
await writeFile(join(folder, '1/meta.yaml'), "experiment_id: '1'\nname: fraud\nlifecycle_stage: active\n")
await writeFile(join(folder, '1/a1b2/meta.yaml'), 'run_id: a1b2\nrun_name: first\nstatus: 3\nstart_time: 1\n')
await writeFile(join(folder, '1/a1b2/metrics/auc'), '1000 0.90 0\n2000 0.93 1\n')
await writeFile(join(folder, '1/a1b2/params/trees'), '100')

const source = mlrunsSource(folder) // or mlflowDbSource('mlflow.db'); CopyTracker copies either into a tracker
for await (const experiment of source.experiments()) {
  for await (const run of source.runs(experiment.id)) {
    console.log(experiment.name, run.name, run.status, run.params, run.metrics)
    // fraud first FINISHED { trees: '100' } { auc: { value: 0.93, step: 1, at: 2000, count: 2 } }
  }
}
await rm(folder, { recursive: true })
