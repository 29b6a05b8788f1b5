import { afterAll } from 'vitest'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { createApiKey } from '#server/api-keys/create.ts'
import { createApiKeys } from '#server/api-keys/verify.ts'
import { createVault } from '#server/connections/vault.ts'
import { shortId } from '#server/db/id.ts'
import { createLog } from '#server/log.ts'
import type { RuntimeAbout } from '#server/runtime/runtime.ts'
import { aRuntime } from '#server/runtime/test-runtime.ts'
import { type Permission, permissions, type Role } from '#server/tenants/policy.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { testDatabases } from '#server/test/databases.ts'
import type { TestMember } from '#server/test/factories.ts'
import { signedInAs, testAuth, testBaseUrl } from '#server/test/sign-in.ts'
import { createLinks } from '#server/triggers/public/links.ts'
import { createWorkflow } from '#server/workflows/create.ts'
import { publish } from '#server/workflows/publish.ts'
import { type App, createApp } from './app.ts'
import { createContext } from './context.ts'
import { describeError, type ErrorBody } from './error-body.ts'
import type { Parts } from './parts.ts'
import { createCaller } from './router.ts'

/** What the server is made of, on this test file's database. The runtime stops with the file. */
export async function testParts(
  about: Partial<Pick<RuntimeAbout, 'roles' | 'egress' | 'findConnection'>> = {},
): Promise<Parts & { logged: string[] }> {
  const databases = await testDatabases()
  const runtime = await aRuntime(about)
  await runtime.start()
  afterAll(() => runtime.stop())
  const logged: string[] = []
  return {
    baseUrl: testBaseUrl,
    databases,
    auth: await testAuth(),
    apiKeys: createApiKeys(databases.app),
    runtime,
    vault: createVault(databases.secret),
    links: createLinks(databases.secret),
    log: createLog({ write: (line) => logged.push(line) }),
    closing: new AbortController().signal,
    logged,
  }
}

/** The whole HTTP side, closed when the file is done. */
export async function testApp(parts: Parts) {
  const app = await createApp(parts)
  afterAll(() => app.server.close())
  return app
}

/** The procedures as a member calls them, with membership checked as for any request. */
export async function callAs(
  member: Pick<TestMember, 'user' | 'tenant'>,
  about: { parts: Parts; slug?: string },
) {
  const headers = new Headers(await signedInAs(member.user))
  const { parts, slug = member.tenant.slug } = about
  return createCaller(createContext({ parts, requestId: 'test', headers, slug }))
}

/** The address of the server on a real socket. */
export async function listening({ server }: App): Promise<string> {
  return server.listen({ port: 0, host: '127.0.0.1' })
}

/** A workflow published in the tenant, drawn as nodes and `from:port -> to` wires. */
export async function publishedWorkflow(
  scope: TenantScope,
  about: {
    nodes: readonly object[]
    wires: string[]
    name?: string
    settings?: WorkflowDocument['settings']
  },
) {
  const { settings } = about
  const document = { ...drawing(about), ...(settings ? { settings } : {}) }
  const { id } = await createWorkflow(scope, { name: about.name ?? 'Test', document })
  await publish(scope, { id })
  return { id, document }
}

export function drawing({ nodes, wires }: { nodes: readonly object[]; wires: string[] }): WorkflowDocument {
  return WorkflowDocument.parse({
    nodes: nodes.map((node) => ({ version: 1, ...node })),
    edges: wires.map((wire) => {
      const [source = '', to] = wire.split(' -> ')
      const [from, port = 'out'] = source.split(':')
      return { from, port, to }
    }),
  })
}

/** An API key of the member's tenant, and how to send it. */
export async function keyOf(
  member: TestMember,
  about: { parts: Parts; scopes?: readonly Permission[]; role?: Role },
): Promise<{ authorization: string; id: string }> {
  const { id, key } = await createApiKey(about.parts.databases.app, {
    tenantId: member.tenant.id,
    maker: { userId: member.user.id, role: about.role ?? 'owner' },
    name: `Key ${shortId()}`,
    scopes: about.scopes ?? permissions,
  })
  return { authorization: `Bearer ${key}`, id }
}

/** How the work was refused, as a caller is told. Throws when it was not. */
export async function refusalOf(work: Promise<unknown>): Promise<ErrorBody> {
  try {
    await work
  } catch (error) {
    return describeError(error)
  }
  throw new Error('It was not refused')
}
