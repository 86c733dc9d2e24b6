import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // One project, so that any part of a path filters: `vitest run packages/ai`, `vitest run iforest`.
    include: [
      'packages/*/*/src/**/*.test.ts',
      'configurations/*/{src,web/src}/**/*.test.ts',
      'tools/*/src/**/*.test.ts',
    ],
    setupFiles: [
      'tools/laws/src/property-seed.ts',
      ...(process.env['NOMALY_PLAIN'] === '1' ? ['tools/laws/src/without-webassembly.ts'] : []),
    ],
    // Generous, because a build server with two busy cores is slow; a test that waits for nothing never gets there.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
