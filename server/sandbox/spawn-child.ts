import { type ChildProcess, fork } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHILD_HEAP_MB, type SandboxLimits } from './limits.ts'

const script = fileURLToPath(new URL('./child.mjs', import.meta.url))
const NOBODY = 65534

/** Everything the child reads: its own folder and the packages of the engine. */
function readable(): string[] {
  const require = createRequire(import.meta.url)
  const core = require.resolve('quickjs-emscripten-core')
  const engine = require.resolve('@jitl/quickjs-wasmfile-release-sync/package.json')
  const types = createRequire(engine).resolve('@jitl/quickjs-ffi-types')
  const roots = [dirname(script), dirname(dirname(core)), dirname(engine), dirname(dirname(types))]
  return [...new Set(roots.flatMap((root) => [root, realpathSync(root)]))]
}

/** Node's permission model: reads the folders above and writes nothing, starts no process, loads no addon. */
function permissionFlags(): string[] {
  const known = process.allowedNodeEnvironmentFlags
  const flag = ['--permission', '--experimental-permission'].find((name) => known.has(name))
  if (!flag) return []
  // Resolving a package looks for package.json in every folder above.
  const manifests = readable().flatMap((folder) =>
    foldersAbove(folder).map((above) => `${above}/package.json`),
  )
  const paths = [...readable().map((folder) => `${folder}/*`), ...new Set(manifests)]
  return [flag, '--allow-worker', ...paths.map((path) => `--allow-fs-read=${path}`)]
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [] : [above, ...foldersAbove(above)]
}

/** Whether a user without any rights of its own could run node and read the files. */
function isOpenToAll(path: string): boolean {
  const { mode } = statSync(path)
  const wanted = statSync(path).isDirectory() ? 0o005 : 0o004
  const above = dirname(path)
  const passable = above === path || (statSync(above).mode & 0o001) !== 0
  return (mode & wanted) === wanted && passable && (above === path || isPassable(above))
}

function isPassable(folder: string): boolean {
  const above = dirname(folder)
  return (statSync(folder).mode & 0o001) !== 0 && (above === folder || isPassable(above))
}

/** As root we give up being root, where the files allow it. */
function lesserUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const needed = [realpathSync(process.execPath), script, ...readable()]
  return needed.every(isOpenToAll) ? { uid: NOBODY, gid: NOBODY } : {}
}

export function spawnChild(limits: SandboxLimits): ChildProcess {
  return fork(script, [JSON.stringify(limits)], {
    cwd: '/',
    env: {},
    ...lesserUser(),
    // Not those of this process: a loader such as tsx, or --inspect, has no business there.
    execArgv: [
      ...permissionFlags(),
      `--max-old-space-size=${CHILD_HEAP_MB}`,
      '--disallow-code-generation-from-strings',
      '--disable-proto=delete',
      '--no-warnings',
    ],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  })
}
