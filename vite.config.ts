import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

/** Needs no database. The rest of `server/` does. */
const unit = [
  'nodes/**/*.test.ts',
  'server/engine/**/*.test.ts',
  'server/test/{imports,lockfile}.test.ts',
  'scripts/**/*.test.ts',
]

/** Where `npm run dev` has the server. */
const api = `http://127.0.0.1:${process.env.PORT ?? 3000}`

export default defineConfig({
  root: 'client',
  plugins: [react(), tailwindcss()],
  server: { host: '127.0.0.1', proxy: { '/api': api, '/hooks': api } },
  // Nothing is inlined: the page's policy forbids data: fonts.
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // The text editor changes far more seldom than our forms, which alone ask for it.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'text-editor', test: /node_modules\/(@codemirror|@lezer)\// }] },
      },
    },
  },
  test: {
    projects: [
      // Not a measure of speed: a busy machine takes its time.
      { extends: true, root, test: { name: 'unit', include: unit, testTimeout: 30_000 } },
      {
        extends: true,
        root,
        test: {
          name: 'client',
          include: ['client/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        root,
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          exclude: unit,
          globalSetup: path.join(root, 'server/test/global-setup.ts'),
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // Real processes, killed for real, on machines that may be busy: the report says which needed it.
          retry: 1,
        },
      },
    ],
  },
})
