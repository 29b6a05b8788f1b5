import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button, type ButtonSize, type ButtonVariant } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { CheckIcon, CopyIcon } from './icons.tsx'
import { toast } from './toasts.ts'

export interface CopyButtonProps {
  /** What goes to the clipboard. */
  text: string
  /** “Copy address”; without it the button says “Copy”. */
  label?: string
  /** Only the icon; the label becomes its name. */
  compact?: boolean
  variant?: ButtonVariant
  size?: ButtonSize
}

export function CopyButton({ text, label, compact, variant, size = 'sm' }: CopyButtonProps) {
  const t = useTranslations('ui')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_600)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast({ tone: 'bad', title: t('copyFailed') }),
    )
  const icon = copied ? <CheckIcon aria-hidden className="text-good" /> : <CopyIcon aria-hidden />
  const words = copied ? t('copied') : (label ?? t('copy'))
  if (compact)
    return (
      <IconButton label={words} size={size} variant={variant} onClick={() => void copy()}>
        {icon}
      </IconButton>
    )
  return (
    <Button size={size} variant={variant} icon={icon} onClick={() => void copy()}>
      <span aria-live="polite">{words}</span>
    </Button>
  )
}
