import { type ReactNode, useEffect } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Logo } from '#client/ui/Logo.tsx'
import { Loom } from './Loom.tsx'

export interface AuthLayoutProps {
  title: string
  lead?: ReactNode
  children: ReactNode
}

/** Pages before a tenant: a loom at the left, one form at the right. */
export function AuthLayout({ title, lead, children }: AuthLayoutProps) {
  const t = useT('pages')
  useEffect(() => {
    document.title = `${title} · Trama`
  }, [title])
  return (
    <div className="flex h-dvh bg-surface">
      <aside className="relative w-[44%] max-w-170 shrink-0 overflow-hidden border-line border-r bg-paper max-lg:hidden">
        <Loom className="absolute inset-0 size-full" />
        <div className="absolute inset-x-12 bottom-14 max-w-104">
          <p className="text-balance font-semibold text-2xl tracking-[-0.015em]">{t('auth.tagline')}</p>
          <ul className="mt-5 flex flex-col gap-2 text-muted">
            {(['one', 'two', 'three'] as const).map((point) => (
              <li key={point} className="flex items-center gap-3">
                <span aria-hidden className="h-0.5 w-4 shrink-0 rounded-full bg-accent" />
                {t(`auth.points.${point}`)}
              </li>
            ))}
          </ul>
        </div>
      </aside>
      <main className="flex min-w-0 grow overflow-y-auto px-6 py-10">
        <div className="m-auto w-full max-w-90">
          <Logo className="mb-10" />
          <h1 className="text-balance font-semibold text-xl">{title}</h1>
          {lead && <div className="mt-1 text-pretty text-muted">{lead}</div>}
          <div className="mt-6">{children}</div>
        </div>
      </main>
    </div>
  )
}
