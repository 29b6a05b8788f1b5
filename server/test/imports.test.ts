import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

// Who may import whom (style §4.2): for the folder of a file, the longest that fits, what it may import besides its
// own folder. `packages` is a whole list where there is one. `types` may be imported as types only.
interface Rule {
  ours: string[]
  packages?: string[]
  types?: string[]
}
const feature = [
  'server/db',
  'server/errors.ts',
  'server/log.ts',
  'server/runtime',
  'server/tenants',
  'nodes',
]
const forClient = ['server/api/router.ts', 'server/engine/history.ts']
const rules: Record<string, Rule> = {
  nodes: { ours: ['nodes'], packages: ['zod'] },
  'nodes/*': { ours: ['nodes/kit'], packages: ['zod'] },
  'nodes/kit': { ours: [], packages: ['zod'] },
  'nodes/graph': { ours: ['nodes/kit'], packages: ['zod', 'acorn', 're2js', 'croner'] },
  'nodes/examples': { ours: ['nodes/graph', 'nodes/kit'], packages: [] },
  'nodes/templates': { ours: ['nodes/graph', 'nodes/kit'], packages: [] },
  server: { ours: ['server', 'nodes'] },
  'server/*': { ours: feature, types: ['server/engine/history.ts'] },
  'server/engine': { ours: ['nodes/graph', 'nodes/kit'], packages: [] },
  'server/runtime': {
    ours: [
      ...feature,
      'server/engine',
      'server/egress',
      'server/sandbox',
      'server/connections/vault.ts',
      // What means are made of.
      'server/models',
      'server/drivers',
      'server/files',
      'server/oauth',
    ],
  },
  'server/oauth': { ours: ['nodes/kit'], types: ['server/egress/request.ts'] },
  'server/models': {
    ours: ['nodes/kit', 'server/egress'],
    packages: ['@anthropic-ai/sdk', 'openai', 'zod'],
  },
  'server/drivers': { ours: ['nodes/kit', 'server/egress'] },
  'server/connections': { ours: [...feature, 'server/oauth'] },
  'server/bulk': { ours: [...feature, 'server/attention', 'server/runs'] },
  'server/replay': { ours: [...feature, 'server/runs'], types: ['server/engine/history.ts'] },
  'server/alerts': { ours: [...feature, 'server/drivers'] },
  'server/admin': { ours: [...feature, 'server/audit', 'server/dashboard'] },
  'server/db': { ours: ['server/errors.ts', 'nodes/kit'] },
  'server/egress': { ours: ['nodes/kit'] },
  'server/sandbox': { ours: ['nodes/kit'] },
  'server/tenants': { ours: [...feature, 'server/api-keys/create.ts'] },
  'server/library': { ours: [...feature, 'server/workflows'] },
  'server/api': { ours: ['server', 'nodes'] },
  'server/test': { ours: ['server', 'nodes'] },
  client: { ours: ['client', 'nodes/graph', 'nodes/kit'], types: forClient },
  'client/pages': { ours: ['client', 'nodes/graph', 'nodes/kit'], types: forClient },
  'client/ui': { ours: [] },
  'client/lib': {
    ours: ['client/ui/toasts.ts', 'nodes/graph/checks/problems.ts'],
    types: [...forClient, 'nodes'],
  },
  'client/forms': { ours: ['client/ui', 'client/lib', 'nodes/graph', 'nodes/kit'] },
  'client/canvas': { ours: ['client/ui', 'client/lib', 'nodes/graph', 'nodes/kit'], types: forClient },
}

const within = (file: string, places: string[]) =>
  places.some((one) => file === one || file.startsWith(`${one}/`))

const imports =
  /^import\s+'([^']+)'|^(?:import|export)\s+(type\s)?[\w*{][^'"=();]*?\sfrom\s+'([^']+)'|\bimport\('([^']+)'\)/gm

/** What in a file breaks the rules; `file` is its path from the root. */
function violations(file: string, source: string): string[] {
  const [top = '', second = ''] = file.split('/')
  const own = file.split('/').length > 2 ? `${top}/${second}` : file
  const rule = rules[own] ?? (own === file ? rules[top] : rules[`${top}/*`])
  if (!rule) return [`${file} is in no zone`]
  return [...source.matchAll(imports)].flatMap(([, bare, type, from, dynamic]) => {
    const name = bare ?? from ?? dynamic ?? ''
    if (!/^[.#]/.test(name)) {
      const pkg = name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/')
      const builtin = name.startsWith('node:') && top === 'server' && own !== 'server/engine'
      return builtin || (rule.packages?.includes(pkg) ?? !name.startsWith('node:'))
        ? []
        : [`${file} imports ${name}`]
    }
    const target = name.startsWith('#') ? name.slice(1) : path.posix.join(path.posix.dirname(file), name)
    const allowed = within(target, [own, ...rule.ours]) || (type && within(target, rule.types ?? []))
    return allowed ? [] : [`${file} imports ${target}`]
  })
}

const files = ['nodes', 'server', 'client'].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('server/db/generated/')),
)
const shipped = files.filter((file) => !/\.(test|check)\.tsx?$|\/test-[^/]+$/.test(file))
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8')

test('every file imports only what its folder may', () => {
  expect(shipped.length).toBeGreaterThan(100)
  expect(shipped.flatMap((file) => violations(file, read(file)))).toEqual([])
})

test.each([
  ['nodes/flow/if.ts', "import { get } from '../http/request.ts'"],
  ['nodes/flow/if.ts', "import fs from 'node:fs'"],
  ['nodes/kit/json.ts', "import { check } from '../graph/check.ts'"],
  ['nodes/slack/post.ts', "import { WebClient } from '@slack/web-api'"],
  ['server/engine/decide.ts', "import { z } from 'zod'"],
  ['server/engine/decide.ts', "import { inTenant } from '#server/db/tenant.ts'"],
  ['server/workflows/publish.ts', "import { start } from '#server/runs/start.ts'"],
  ['server/db/open.ts', "import {\n  type Env,\n} from '../env.ts'"],
  ['client/ui/Button.tsx', "import { useT } from '#client/lib/use-t.ts'"],
  ['client/pages/runs.tsx', "import { appRouter } from '#server/api/router.ts'"],
  ['client/pages/runs.tsx', "export * from '#nodes/catalog.ts'"],
  ['client/forms/field.ts', "const store = await import('../canvas/store.ts')"],
])('a violation is caught: %s with %s', (file, source) => {
  expect(violations(file, source)).toHaveLength(1)
})

test('the engine is pure: no clock, chance or waiting', () => {
  const impure =
    /\basync\b|\bawait\b|\bDate\b|\bperformance\b|Math\.random|\bset(Timeout|Interval)\b|\bprocess\b/
  const engine = shipped.filter((file) => file.startsWith('server/engine/'))
  const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'/gm, '')
  expect(engine.length).toBeGreaterThan(2)
  expect(engine.filter((file) => impure.test(code(file)))).toEqual([])
})

test('server tests keep the client out, and the client’s the server', () => {
  const strays = files.flatMap((file) => {
    const other = file.startsWith('client/') ? 'server' : 'client'
    return new RegExp(`^import (?!type).*'#${other}/`, 'm').test(read(file)) ? [file] : []
  })
  expect(strays).toEqual([])
})
