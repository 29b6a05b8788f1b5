import type { ComponentType } from 'react'
import { createBrowserRouter, Navigate, Outlet } from 'react-router'
import { AdminLayout } from './pages/frame/AdminLayout.tsx'
import { Crash } from './pages/frame/Crash.tsx'
import { Home, SignedIn, SignedOut } from './pages/frame/gates.tsx'
import { Root } from './pages/frame/Root.tsx'
import { TenantLayout } from './pages/frame/TenantLayout.tsx'

/** A page in a file of its own that is fetched when it is first visited. */
const page = (load: () => Promise<{ default: ComponentType }>) => async () => ({
  Component: (await load()).default,
})

const Bare = () => (
  <main className="h-full">
    <Outlet />
  </main>
)

/** Every page. `handle: { canvas: true }` gives one the whole window. */
export const router = createBrowserRouter([
  {
    element: <Root />,
    errorElement: <Crash />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, element: <Home /> },
      { path: 'invite/:id', lazy: page(() => import('./pages/invitation.tsx')) },
      {
        element: <SignedOut />,
        children: [
          { path: 'sign-in', lazy: page(() => import('./pages/sign-in.tsx')) },
          { path: 'sign-up', lazy: page(() => import('./pages/sign-up.tsx')) },
        ],
      },
      {
        element: <SignedIn />,
        children: [
          { path: 'new-tenant', lazy: page(() => import('./pages/new-tenant.tsx')) },
          { path: 'account', lazy: page(() => import('./pages/account.tsx')) },
          {
            path: 'admin',
            element: <AdminLayout />,
            children: [
              {
                errorElement: <Crash />,
                children: [
                  { index: true, lazy: page(() => import('./pages/admin/overview.tsx')) },
                  { path: 'tenants', lazy: page(() => import('./pages/admin/tenants.tsx')) },
                  { path: 'work', lazy: page(() => import('./pages/admin/work.tsx')) },
                  { path: 'reviews', lazy: page(() => import('./pages/reviews.tsx')) },
                  { path: 'audit', lazy: page(() => import('./pages/admin/audit.tsx')) },
                ],
              },
            ],
          },
          {
            path: ':tenant',
            element: <TenantLayout />,
            children: [
              {
                errorElement: <Crash />,
                children: [
                  { index: true, element: <Navigate replace to="workflows" /> },
                  { path: 'workflows', lazy: page(() => import('./pages/workflows.tsx')) },
                  {
                    path: 'workflows/:id',
                    handle: { canvas: true },
                    lazy: page(() => import('./pages/workflow-editor.tsx')),
                  },
                  { path: 'runs', lazy: page(() => import('./pages/runs.tsx')) },
                  { path: 'runs/failures', lazy: page(() => import('./pages/failures.tsx')) },
                  { path: 'runs/:id', handle: { canvas: true }, lazy: page(() => import('./pages/run.tsx')) },
                  { path: 'runs/:id/compare/:other?', lazy: page(() => import('./pages/compare.tsx')) },
                  { path: 'tasks', lazy: page(() => import('./pages/tasks.tsx')) },
                  { path: 'tasks/:id', lazy: page(() => import('./pages/task.tsx')) },
                  { path: 'attention', lazy: page(() => import('./pages/attention.tsx')) },
                  { path: 'dashboard', lazy: page(() => import('./pages/dashboard.tsx')) },
                  { path: 'alerts', lazy: page(() => import('./pages/alerts.tsx')) },
                  { path: 'audit', lazy: page(() => import('./pages/audit.tsx')) },
                  { path: 'library', lazy: page(() => import('./pages/library.tsx')) },
                  { path: 'library/:ref', lazy: page(() => import('./pages/library-item.tsx')) },
                  {
                    path: 'workflows/:id/update',
                    lazy: page(() => import('./pages/library-upgrade.tsx')),
                  },
                  {
                    path: 'workflows/:id/publish',
                    lazy: page(() => import('./pages/library-publish.tsx')),
                  },
                  { path: 'connections', lazy: page(() => import('./pages/connections.tsx')) },
                  { path: 'members', lazy: page(() => import('./pages/members.tsx')) },
                  { path: 'api-keys', lazy: page(() => import('./pages/api-keys.tsx')) },
                  { path: '*', lazy: page(() => import('./pages/not-found.tsx')) },
                ],
              },
            ],
          },
        ],
      },
      {
        element: <Bare />,
        children: [{ path: '*', lazy: page(() => import('./pages/not-found.tsx')) }],
      },
    ],
  },
])
