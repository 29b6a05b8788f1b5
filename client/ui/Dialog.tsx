import { clsx } from 'clsx'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from './IconButton.tsx'
import { CloseIcon } from './icons.tsx'
import { useReturnFocus } from './use-return-focus.ts'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  size?: 'sm' | 'md' | 'lg'
  children?: ReactNode
}

const widths = { sm: 'max-w-100', md: 'max-w-130', lg: 'max-w-190' }

/** A layer that holds the focus until it is answered. On a phone it rises from the bottom. */
export function Dialog({ open, onOpenChange, title, description, size = 'md', children }: DialogProps) {
  const t = useTranslations('ui')
  const returnFocus = useReturnFocus(open)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-shade" />
        <div className="pointer-events-none fixed inset-0 z-50 flex items-start justify-center p-4 pt-[12vh] phone:items-end phone:p-0">
          <Radix.Content
            {...(description ? {} : { 'aria-describedby': undefined })}
            onCloseAutoFocus={returnFocus}
            className={clsx(
              'pointer-events-auto relative flex max-h-full w-full animate-rise flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none',
              'phone:max-h-[92%] phone:max-w-none phone:rounded-b-none',
              widths[size],
            )}
          >
            <header className="py-4 pr-14 pb-3 pl-5">
              <Radix.Title className="py-1 font-semibold text-lg">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-base text-muted">{description}</Radix.Description>
              )}
            </header>
            <div className="min-h-0 overflow-y-auto px-5 pt-0.5 pb-5">{children}</div>
            {/* Last, so that the focus starts in the content. */}
            <Radix.Close asChild>
              <IconButton label={t('close')} className="absolute! top-4 right-3">
                <CloseIcon />
              </IconButton>
            </Radix.Close>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The row of buttons that ends a dialog; the primary one last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 pt-5 phone:*:grow">{children}</div>
}
