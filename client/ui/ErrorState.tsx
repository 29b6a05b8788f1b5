import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button.tsx'
import { type Drawing, EmptyState } from './EmptyState.tsx'

export interface ErrorStateProps {
  /** What happened. */
  title: string
  /** What to do about it. */
  children?: ReactNode
  requestId?: string | null
  onRetry?: () => void
  action?: ReactNode
  drawing?: Drawing
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2'
  className?: string
}

/** Says what went wrong, what to do, and what to quote when asking for help. */
export function ErrorState(props: ErrorStateProps) {
  const { title, children, requestId, onRetry, action, drawing = 'broken', heading, className } = props
  const t = useTranslations('ui')
  return (
    <EmptyState
      role="alert"
      drawing={drawing}
      title={title}
      heading={heading}
      className={className}
      action={
        action ??
        (onRetry && (
          <Button variant="primary" onClick={onRetry}>
            {t('retry')}
          </Button>
        ))
      }
    >
      {children}
      {requestId && (
        <span className="mt-1 block text-faint text-xs">
          {t('requestId')} <span className="select-all font-mono">{requestId}</span>
        </span>
      )}
    </EmptyState>
  )
}
