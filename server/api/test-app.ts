import { afterAll } from 'vitest'
import { createApiKeys } from '#server/api-keys/verify.ts'
import { createVault } from '#server/connections/vault.ts'
import { createLog } from '#server/log.ts'
import type { RuntimeAbout } from '#server/runtime/runtime.ts'
import { aRuntime } from '#server/runtime/test-runtime.ts'
import { testDatabases } from '#server/test/databases.ts'
import type { TestMember } from '#server/test/factories.ts'
import { signedInAs, testAuth, testBaseUrl } from '#server/test/sign-in.ts'
import { createApp } from './app.ts'
import { createContext } from './context.ts'
import type { Parts } from './parts.ts'
import { createCaller } from './router.ts'

/** What the server is made of, on this test file's database. The runtime stops with the file. */
export async function testParts(
  about: Partial<Pick<RuntimeAbout, 'roles'>> = {},
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
