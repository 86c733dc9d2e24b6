const DEFAULT_KB = 64

const LIMITS_KB: Readonly<Record<string, number>> = {
  '@nomaly/ai-anomaly-detection': 720, // 26 detectors, streams and their host, time series and drift, with their WebAssembly, explanations, ONNX, kept results and their report, routes, and a declaration for every file
  nomaly: 160, // the command, the server, and the dashboard with its chart library
  '@nomaly/ai-mlops': 240, // tracking, registry, monitoring, pipelines, deployment, their store, and the command's texts
  '@nomaly/integration-mlflow': 90, // MLflow's API on both sides, import and export
  '@nomaly/data-quality': 200, // some seventy expectations, engines of seven SQL dialects, suites in and out, suggestions, a report, and a declaration for every file
  '@nomaly/data-profiling': 150, // engines of seven SQL dialects, sketches, relations, a report, and a declaration for every file
}

/** How large the packed tarball of a package may be, in bytes. Raise a limit only together with what makes it worth it. */
export function sizeLimitOf(npmName: string): number {
  return (LIMITS_KB[npmName] ?? DEFAULT_KB) * 1000
}
