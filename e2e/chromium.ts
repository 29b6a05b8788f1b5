import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { chromium, type LaunchOptions } from '@playwright/test'

const SYSTEM: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map(
    (name) => `/usr/bin/${name}`,
  ),
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name]
    return folder
      ? [`${folder}/Google/Chrome/Application/chrome.exe`, `${folder}/Microsoft/Edge/Application/msedge.exe`]
      : []
  }),
}
/** Debian's names of the libraries that the npm build of Chromium links to and a slim image lacks. */
const LIBRARIES = ['libnss3', 'libnspr4', 'libexpat1']

const isRoot = process.getuid?.() === 0
const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(isRoot ? ['--no-sandbox'] : []),
]

/** Finds a real Chromium: CHROMIUM_PATH, Playwright's own, the system's, or the one that an npm package ships (Linux x64). */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return { executablePath: chosen, args }
  if (fs.existsSync(chromium.executablePath())) return { args }
  const system = SYSTEM[process.platform]?.find((file) => fs.existsSync(file))
  if (system) return { executablePath: system, args }
  if (process.platform === 'linux' && process.arch === 'x64') return fromPackage()
  throw new Error(
    'No Chromium found: run "npx playwright install chromium", install Chrome, or set CHROMIUM_PATH',
  )
}

async function fromPackage(): Promise<LaunchOptions> {
  const { default: packed } = await import('@sparticuz/chromium')
  const executablePath = await packed.executablePath()
  installMissingLibraries(executablePath)
  // Not the package's own switches: they are for a function that renders one page, without web security.
  return { executablePath, args }
}

function installMissingLibraries(executablePath: string) {
  const { stdout } = spawnSync('ldd', [executablePath], { encoding: 'utf8' })
  if (!stdout?.includes('not found')) return
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...LIBRARIES], { stdio: 'ignore' })
      .status === 0
  const update = () => spawnSync('apt-get', ['update'], { stdio: 'ignore' }).status === 0
  if (!isRoot || !(install() || (update() && install())))
    throw new Error(`Chromium lacks libraries. Install them: apt-get install ${LIBRARIES.join(' ')}`)
}
