import { expect, it } from 'vitest'
import { paths, safeReturn, withReturn } from './paths.ts'

it('writes every address', () => {
  expect(
    Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, path('acme', 'a/b')])),
  ).toMatchInlineSnapshot(`
    {
      "account": "/account",
      "admin": "/admin",
      "adminAudit": "/admin/audit",
      "adminReviews": "/admin/reviews",
      "adminTenants": "/admin/tenants",
      "adminWork": "/admin/work",
      "alerts": "/acme/alerts",
      "apiKeys": "/acme/api-keys",
      "attention": "/acme/attention",
      "attentionStep": "/acme/attention?step=a%2Fb",
      "audit": "/acme/audit",
      "chat": "/chat/acme/a%2Fb",
      "compareRuns": "/acme/runs/a%2Fb/compare",
      "connections": "/acme/connections",
      "dashboard": "/acme/dashboard",
      "failures": "/acme/runs/failures",
      "form": "/forms/acme/a%2Fb",
      "guide": "/acme/workflows/a%2Fb?guide=1",
      "home": "/",
      "invitation": "/invite/acme",
      "library": "/acme/library",
      "libraryItem": "/acme/library/a%2Fb",
      "members": "/acme/members",
      "newTenant": "/new-tenant",
      "publishToLibrary": "/acme/workflows/a%2Fb/publish",
      "run": "/acme/runs/a%2Fb",
      "runs": "/acme/runs",
      "runsOf": "/acme/runs?workflow=a%2Fb",
      "runsOfCause": "/acme/runs?cause=a%2Fb",
      "signIn": "/sign-in",
      "signUp": "/sign-up",
      "task": "/acme/tasks/a%2Fb",
      "tasks": "/acme/tasks",
      "tenant": "/acme",
      "upgrade": "/acme/workflows/a%2Fb/update",
      "workflow": "/acme/workflows/a%2Fb",
      "workflows": "/acme/workflows",
    }
  `)
})

it.each([
  ['/acme/runs?status=failed', '/acme/runs?status=failed'],
  ['//evil.example', null],
  ['/\\evil.example', null],
  ['https://evil.example', null],
  ['javascript:alert(1)', null],
  ['', null],
  [null, null],
])('comes back from sign-in to %s only if it is ours', (path, safe) => {
  expect(safeReturn(path)).toBe(safe)
})

it('remembers where one was going', () => {
  expect(withReturn('/sign-in', '/acme/runs?a=1')).toBe('/sign-in?next=%2Facme%2Fruns%3Fa%3D1')
  expect(withReturn('/sign-in', '/')).toBe('/sign-in')
})
