import { AlertDialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './Button.tsx'
import { useReturnFocus } from './use-return-focus.ts'

export interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What will happen, and whether it can be undone. */
  children?: ReactNode
  /** Says what happens: “Delete workflow”. */
  action: string
  tone?: 'danger' | 'primary'
  /** The dialog stays, busy, until it settles; it closes when it resolves. */
  onConfirm: () => void | Promise<void>
}

/** A question before something that is hard to undo. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, children, action, tone = 'danger', onConfirm } = props
  const t = useTranslations('ui')
  const [busy, setBusy] = useState(false)
  const returnFocus = useReturnFocus(open)
  const confirm = async () => {
    setBusy(true)
    try {
      await onConfirm()
      onOpenChange(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-60 animate-fade bg-shade" />
        <div className="pointer-events-none fixed inset-0 z-60 flex items-start justify-center p-4 pt-[18vh] phone:items-end phone:p-0">
          <Radix.Content
            {...(children ? {} : { 'aria-describedby': undefined })}
            onCloseAutoFocus={returnFocus}
            className="pointer-events-auto w-full max-w-105 animate-rise rounded-lg border border-line bg-raised p-5 shadow-float outline-none phone:max-w-none phone:rounded-b-none"
          >
            <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
            {children && (
              <Radix.Description asChild>
                <div className="mt-1.5 text-base text-muted">{children}</div>
              </Radix.Description>
            )}
            <div className="mt-5 flex justify-end gap-2 phone:*:grow">
              <Radix.Cancel asChild>
                <Button>{t('cancel')}</Button>
              </Radix.Cancel>
              <Button variant={tone} busy={busy} onClick={() => void confirm().catch(() => undefined)}>
                {action}
              </Button>
            </div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}
