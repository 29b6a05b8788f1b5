// The parts of `npm test`, and how to count what they ran.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { root } from './prepare.mjs'

const results = path.join(root, 'test-results')
const node = (script, args, env) =>
  spawnSync(process.execPath, [path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status === 0

/** One tool that passes or fails as a whole. */
const check = (name, script, args) => ({
  name,
  run() {
    const ok = node(script, args)
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
  },
})

const vitest = (name, projects) => ({
  name,
  run() {
    const report = path.join(results, `${name}.json`)
    fs.rmSync(report, { force: true })
    const ok = node('vitest/vitest.mjs', [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ])
    if (!fs.existsSync(report)) return { passed: 0, failed: 1 }
    const {
      numPassedTests: passed,
      numFailedTests,
      numFailedTestSuites,
    } = JSON.parse(fs.readFileSync(report, 'utf8'))
    const failed = numFailedTests || numFailedTestSuites
    return { passed, failed: failed || (ok && passed > 0 ? 0 : 1) }
  },
})

const playwright = (name, project) => ({
  name,
  run() {
    const report = path.join(results, `${name}.json`)
    fs.rmSync(report, { force: true })
    const ok = node(
      '@playwright/test/cli.js',
      ['test', '--config', 'e2e/playwright.config.ts', '--project', project],
      {
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    )
    if (!fs.existsSync(report)) return { passed: 0, failed: 1 }
    const { expected, flaky, unexpected } = JSON.parse(fs.readFileSync(report, 'utf8')).stats
    return { passed: expected + flaky, failed: unexpected || (ok ? 0 : 1) }
  },
})

export const suites = {
  types: check('types', 'typescript/bin/tsc', ['--noEmit']),
  lint: check('lint', '@biomejs/biome/bin/biome', ['check', '.']),
  deadCode: check('dead code', 'knip/bin/knip.js', []),
  unit: vitest('unit', ['unit', 'client']),
  server: vitest('server', ['server']),
  e2e: playwright('e2e', 'journeys'),
  screenshots: playwright('screenshots', 'screenshots'),
}

/** Runs the suites one after another and prints the sum as the last line. */
export function runSuites(names) {
  fs.mkdirSync(results, { recursive: true })
  let passed = 0
  let failed = 0
  for (const name of names) {
    const suite = suites[name]
    const from = Date.now()
    console.log(`\n── ${suite.name} ──`)
    const outcome = suite.run()
    passed += outcome.passed
    failed += outcome.failed
    console.log(
      `${suite.name}: ${outcome.passed} passed, ${outcome.failed} failed (${Math.round((Date.now() - from) / 1000)} s)`,
    )
  }
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
