import { clsx } from 'clsx'
import { SquareFunction as ComputedIcon } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import type { Mode } from './modes.ts'

export interface ModeToggleProps {
  label: string
  mode: Mode
  onChange: (mode: Mode) => void
  /** Beside a control in a row: one icon instead of two words. */
  compact?: boolean
}

/** Fixed or computed. Quiet until the field is touched, or is computed. */
export function ModeToggle({ label, mode, onChange, compact }: ModeToggleProps) {
  const t = useT('forms')
  if (compact) {
    return (
      <IconButton
        label={t(mode === 'fixed' ? 'mode.compute' : 'mode.fix', { field: label })}
        aria-pressed={mode === 'computed'}
        onClick={() => onChange(mode === 'fixed' ? 'computed' : 'fixed')}
        className={clsx('w-7! shrink-0', mode === 'computed' ? 'text-accent!' : 'text-faint!')}
      >
        <ComputedIcon aria-hidden />
      </IconButton>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out inline beside its label.
    <div
      role="group"
      aria-label={t('mode.group', { field: label })}
      className={clsx(
        'flex shrink-0 items-center gap-1.5 text-xs transition-opacity duration-[120ms]',
        mode === 'fixed' &&
          'opacity-0 group-hover/field:opacity-100 group-focus-within/field:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      {(['fixed', 'computed'] as const).map((side) => (
        <button
          key={side}
          type="button"
          aria-pressed={mode === side}
          onClick={() => mode !== side && onChange(side)}
          className={clsx(
            'relative rounded-xs px-1 py-0.5 after:absolute after:-inset-y-1 after:inset-x-0',
            mode === side ? 'font-medium text-accent' : 'text-faint hover:text-ink',
          )}
        >
          {t(`mode.${side}`)}
        </button>
      ))}
    </div>
  )
}
