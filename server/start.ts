import path from 'node:path'
import { createApp } from './api/app.ts'
import { scopeFor } from './api/context.ts'
import type { Parts } from './api/parts.ts'
import { createApiKeys } from './api-keys/verify.ts'
import { ownMail, startBackground } from './background.ts'
import { createVault } from './connections/vault.ts'
import { openDatabases } from './db/open.ts'
import type { ReadyDatabase } from './db/setup.ts'
import { createEgress } from './egress/client.ts'
import type { Env } from './env.ts'
import { shipTemplates } from './library/ship.ts'
import { createLog } from './log.ts'
import { createRuntime, type Runtime } from './runtime/runtime.ts'
import { createSandbox } from './sandbox/sandbox.ts'
import { createAuth } from './tenants/auth.ts'
import { firstStart } from './tenants/first-start.ts'
import { createLinks } from './triggers/public/links.ts'
import { startWatching } from './watching.ts'
import { addExamples } from './workflows/add-examples.ts'

const clientFolder = path.resolve(import.meta.dirname, '../dist/client')

/** What has to be stopped later, in the opposite order. */
export interface Started {
  name: string
  stop: () => Promise<unknown>
}

interface About {
  env: Env
  ready: ReadyDatabase
  /** Filled as things start, so that a start that fails half-way can be undone. */
  stops: Started[]
  say(text: string): void
}

/** The one place that builds things and puts them together. */
export async function start({ env, ready, stops, say }: About) {
  const log = createLog({ level: env.production ? 'info' : 'warn' })
  const isAll = env.role === 'all'
  const serves = isAll || env.role === 'web'

  const databases = openDatabases(ready.urls)
  stops.push({ name: 'connections to the database', stop: databases.close })
  const vault = createVault(env.secret)
  const egress = createEgress({ allow: env.egressAllow, services: env.serviceHosts })
  stops.push({ name: 'outgoing connections', stop: egress.close })
  const sandbox = createSandbox()
  stops.push({ name: 'sandbox', stop: sandbox.close })

  const { observe, watch } = await startWatching({
    env,
    databases,
    log,
    stops,
    health: () => runtime.health(),
  })
  const runtime: Runtime = createRuntime({
    databases,
    observe,
    queue: env.redisUrl ? { kind: 'redis', url: env.redisUrl } : { kind: 'postgres', url: ready.urls.listen },
    egress,
    sandbox,
    vault,
    log,
    roles: { worker: isAll || env.role === 'worker', scheduler: isAll || env.role === 'scheduler' },
  })
  const schedules = isAll || env.role === 'scheduler'
  const background = { databases, runtime, baseUrl: env.baseUrl, mail: ownMail(env.smtp), log }
  if (serves) {
    const origins = originsOf(env)
    const parts: Omit<Parts, 'closing'> = {
      baseUrl: env.baseUrl,
      databases,
      auth: createAuth({ auth: databases.auth, secret: env.secret, baseUrl: env.baseUrl, origins }),
      apiKeys: createApiKeys(databases.app),
      runtime,
      vault,
      links: createLinks(env.secret),
      log,
    }
    await prepareFirstStart(parts, { env, say })
    await shipTemplates({ app: databases.app, admin: databases.admin, log })
    await runtime.start()
    stops.push({ name: 'runs', stop: () => runtime.stop() })
    if (schedules) stops.push({ name: 'alerts and jobs', ...startBackground(background) })
    const { server } = await createApp(parts, {
      origins,
      clientFolder,
      watch,
      trustedProxies: env.trustedProxies,
    })
    stops.push({ name: 'web', stop: () => server.close() })
    await server.listen({ port: env.port, host: env.host })
    say(`Trama is at ${env.baseUrl}`)
  } else {
    await runtime.start()
    stops.push({ name: 'runs', stop: () => runtime.stop() })
    if (schedules) stops.push({ name: 'alerts and jobs', ...startBackground(background) })
    say(`Trama’s ${env.role} is at work`)
  }
}

/** Makes the first owner where there is nobody yet, and says how to sign in. */
async function prepareFirstStart(parts: Omit<Parts, 'closing'>, { env, say }: Pick<About, 'env' | 'say'>) {
  const { auth, databases } = parts
  const made = await firstStart({
    auth,
    people: databases.auth,
    app: databases.app,
    dataFolder: env.dataFolder,
    given: env.firstStart,
    seed: ({ tenant, userId }) => addExamples(scopeFor(parts, { tenant, actor: userId }), { locale: 'en' }),
  })
  if (!made) return
  const { email, password, passwordFile } = made
  say(`The first owner signs in as ${email}${password ? ` with the password ${password}` : ''}`)
  if (passwordFile) say(`(also in ${path.relative(process.cwd(), passwordFile)}; change it under Account)`)
}

/** The pages that may use a session. A machine's own names for itself are one place. */
function originsOf({ baseUrl }: Env): string[] {
  const { protocol, hostname, port } = new URL(baseUrl)
  const loopback = ['localhost', '127.0.0.1', '[::1]']
  if (!loopback.includes(hostname)) return [baseUrl]
  return loopback.map((host) => new URL(`${protocol}//${host}:${port}`).origin)
}
