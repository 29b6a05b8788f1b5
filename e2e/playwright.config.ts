import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from './chromium.ts'

const launchOptions = await chromiumLaunchOptions()

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? '../test-results/playwright.json' }],
  ],
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // On a busy machine; one that passes the second time is listed as flaky.
  retries: 1,
  forbidOnly: true,
  use: {
    browserName: 'chromium',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    launchOptions,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'journeys', testMatch: '*.journey.ts' },
    { name: 'screenshots', testMatch: 'screenshots.ts' },
  ],
})
