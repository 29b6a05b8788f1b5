import { clsx } from 'clsx'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { CloseIcon } from './icons.tsx'
import { dismissToast, type Toast, useToasts } from './toasts.ts'

const shownMs = 5_000

/** Where toasts appear; once per page. */
export function Toaster() {
  const t = useTranslations('ui')
  const toasts = useToasts()
  return (
    <section
      aria-label={t('notifications')}
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-80 flex w-90 max-w-[calc(100vw-2rem)] flex-col gap-2 phone:bottom-18"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const t = useTranslations('ui')
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || toast.tone === 'bad') return
    const timer = setTimeout(() => dismissToast(toast.id), shownMs)
    return () => clearTimeout(timer)
  }, [held, toast.id, toast.tone])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hover and focus only hold the clock; nothing is done by them
    <div
      role={toast.tone === 'bad' ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex animate-rise items-start gap-2.5 rounded-md border border-line bg-raised py-2 pr-1.5 pl-3 shadow-float"
    >
      {toast.tone !== 'plain' && (
        <span className={clsx('flex h-8 items-center', toast.tone === 'good' ? 'text-good' : 'text-bad')}>
          {toast.tone === 'good' ? (
            <CircleCheck aria-hidden className="size-4" />
          ) : (
            <CircleAlert aria-hidden className="size-4" />
          )}
        </span>
      )}
      <div className="min-w-0 grow py-1.5">
        <p className="break-words font-medium text-base">{toast.title}</p>
        {toast.body && <p className="break-words text-muted text-sm">{toast.body}</p>}
        {toast.requestId && (
          <p className="mt-0.5 text-faint text-xs">
            {t('requestId')} <span className="select-all font-mono">{toast.requestId}</span>
          </p>
        )}
        {toast.action && (
          <Button
            size="sm"
            className="mt-2"
            onClick={() => {
              toast.action?.onClick()
              dismissToast(toast.id)
            }}
          >
            {toast.action.label}
          </Button>
        )}
      </div>
      <IconButton size="sm" label={t('dismiss')} onClick={() => dismissToast(toast.id)}>
        <CloseIcon />
      </IconButton>
    </div>
  )
}
