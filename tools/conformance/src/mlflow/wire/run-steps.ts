import { step, type WireStep } from './step.ts'

/** Runs: their life and their search. */
export const runSteps: ReadonlyArray<WireStep> = [
  step(
    'run',
    'POST runs/create',
    {
      experiment_id: '{exp}',
      user_id: 'me',
      run_name: 'first',
      start_time: '1700000000000',
      tags: [{ key: 'k', value: 'v' }],
    },
    { keep: { run: 'run.info.run_id' } },
  ),
  step('run with two names', 'POST runs/create', {
    experiment_id: '{exp}',
    run_name: 'a',
    tags: [{ key: 'mlflow.runName', value: 'b' }],
  }),
  step('run in an unknown experiment', 'POST runs/create', { experiment_id: '4711' }),
  step('run with a word for a time', 'POST runs/create', { experiment_id: '{exp}', start_time: 'now' }),
  step('run named by a tag', 'POST runs/create', {
    experiment_id: '{exp}',
    start_time: 1,
    tags: [{ key: 'mlflow.runName', value: 'by tag' }],
  }),
]

/** Reading, searching, ending and deleting it, and what it read and made. */
export const laterRunSteps: ReadonlyArray<WireStep> = [
  step('get run', 'GET runs/get?run_id={run}'),
  step('get run by its old name', 'GET runs/get?run_uuid={run}'),
  step('get run under ajax', 'GET /ajax-api/2.0/mlflow/runs/get?run_id={run}'),
  step('get unknown run', 'GET runs/get?run_id=abc'),
  step('get run without an id', 'GET runs/get'),
  step('search runs', 'POST runs/search', {
    experiment_ids: ['{exp}'],
    filter: 'metrics.m > 2',
    order_by: ['start_time DESC'],
  }),
  step('search runs of none', 'POST runs/search', { experiment_ids: ['{exp}'], filter: 'metrics.m > 100' }),
  step('search runs of no experiment', 'POST runs/search', {}),
  step('search deleted runs by number', 'POST runs/search', {
    experiment_ids: ['{exp}'],
    run_view_type: 2,
    filter: "name LIKE 'wire%{salt}'",
  }),
  step('search too many runs', 'POST runs/search', { experiment_ids: ['{exp}'], max_results: 50001 }),
  step('search runs by a number', 'POST runs/search', { experiment_ids: ['{exp}'], filter: 5 }),
  step('search runs in order of a text', 'POST runs/search', { experiment_ids: ['{exp}'], order_by: 'x' }),
  step('search runs in order of numbers', 'POST runs/search', { experiment_ids: ['{exp}'], order_by: [1] }),
  step('search runs of experiments as a text', 'POST runs/search', { experiment_ids: '{exp}' }),
  step(
    'search runs by OR',
    'POST runs/search',
    { experiment_ids: ['{exp}'], filter: "params.p = 'x' OR params.p = 'y'" },
    {
      differs: 'ours can',
    },
  ),
  step('search runs by a text metric', 'POST runs/search', { experiment_ids: ['{exp}'], filter: "metrics.m = '1'" }),
  step('search runs by an unknown entity', 'POST runs/search', { experiment_ids: ['{exp}'], filter: "thing.m = '1'" }),
  step('search runs by an unknown attribute', 'POST runs/search', {
    experiment_ids: ['{exp}'],
    filter: "attribute.what = '1'",
  }),
  step('search runs by a param as a number', 'POST runs/search', { experiment_ids: ['{exp}'], filter: 'params.p = 1' }),
  step('search runs with a broken token', 'POST runs/search', { experiment_ids: ['{exp}'], page_token: 'xyz' }),
  step('update run', 'POST runs/update', { run_id: '{run}', status: 'FINISHED', end_time: 1700000001000 }),
  step('update run by number', 'POST runs/update', { run_id: '{run}', status: 4, run_name: 'renamed' }),
  step(
    'update run to a word',
    'POST runs/update',
    { run_id: '{run}', status: 'SLEEPING' },
    { differs: 'ignored there' },
  ),
  step('delete run', 'POST runs/delete', { run_id: '{run}' }),
  step('metric of a deleted run', 'POST runs/log-metric', { run_id: '{run}', key: 'm', value: 1, timestamp: 1 }),
  step('tag of a deleted run', 'POST runs/set-tag', { run_id: '{run}', key: 'm', value: '1' }),
  step('get a deleted run', 'GET runs/get?run_id={run}'),
  step('restore run', 'POST runs/restore', { run_id: '{run}' }),
  step('inputs', 'POST runs/log-inputs', {
    run_id: '{run}',
    datasets: [
      {
        tags: [{ key: 'mlflow.data.context', value: 'train' }],
        dataset: { name: 'd', digest: 'abc', source_type: 'local', source: '{}', schema: 's', profile: 'p' },
      },
    ],
  }),
  step('inputs of a word', 'POST runs/log-inputs', { run_id: '{run}', datasets: 'foo' }),
  step('inputs without a run', 'POST runs/log-inputs', { datasets: [] }),
  step('data sets', 'POST /ajax-api/2.0/mlflow/experiments/search-datasets', { experiment_ids: ['{exp}'] }),
  step('data sets of nothing', 'POST /ajax-api/2.0/mlflow/experiments/search-datasets', {}),
  step('log model of 2.x', 'POST runs/log-model', {
    run_id: '{run}',
    model_json: JSON.stringify({ artifact_path: 'm', flavors: {}, utc_time_created: '2026-01-01', run_id: 'r' }),
  }),
  step('log broken model', 'POST runs/log-model', { run_id: '{run}', model_json: 'bad' }),
  step('log partial model', 'POST runs/log-model', {
    run_id: '{run}',
    model_json: '{"flavors":{},"utc_time_created":1,"run_id":"r"}',
  }),
  step('list artifacts', 'GET artifacts/list?run_id={run}'),
  step('list artifacts outside', 'GET artifacts/list?run_id={run}&path=../path'),
  step('list artifacts outside, encoded', 'GET artifacts/list?run_id={run}&path=%252e%252e/path'),
  step('get artifact outside', 'GET /get-artifact?run_id={run}&path=../path'),
  step('get version artifact outside', 'GET //model-versions/get-artifact?name=m&version=1&path=../path'),
  step('list proxied outside', 'GET /api/2.0/mlflow-artifacts/artifacts?path=../path'),
  step('list proxied nothing', 'GET /api/2.0/mlflow-artifacts/artifacts?path=none'),
  step('unknown endpoint', 'GET /api/2.0/mlflow/nothing', undefined, { differs: "theirs is Flask's page" }),
]
