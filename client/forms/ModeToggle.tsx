import { clsx } from 'clsx'
import { Bot as AgentIcon, SquareFunction as ComputedIcon, Type as FixedIcon } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, MenuRadios } from '#client/ui/Menu.tsx'
import type { Mode } from './modes.ts'

export interface ModeToggleProps {
  label: string
  mode: Mode
  /** The ways it can be given. */
  sides: readonly Mode[]
  onChange: (mode: Mode) => void
  /** Beside a control in a row: one icon instead of two words. */
  compact?: boolean
}

/** Fixed or computed. Quiet until the field is touched, or is computed. */
export function ModeToggle({ label, mode, sides, onChange, compact }: ModeToggleProps) {
  const t = useT('forms')
  if (sides.length < 2) return null
  if (compact && sides.includes('agent')) return <ModeMenu {...{ label, mode, sides, onChange }} />
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
          !sides.includes('agent') &&
          'opacity-0 group-hover/field:opacity-100 group-focus-within/field:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      {sides.map((side) => (
        <button
          key={side}
          type="button"
          aria-pressed={mode === side}
          onClick={() => mode !== side && onChange(side)}
          className={clsx(
            'relative rounded-xs px-1 py-0.5 after:absolute after:-inset-y-1 after:inset-x-0',
            mode === side ? clsx('font-medium', tones[side]) : 'text-faint hover:text-ink',
          )}
        >
          {t(`mode.${side}`)}
        </button>
      ))}
    </div>
  )
}

const tones = { fixed: 'text-accent', computed: 'text-accent', agent: 'text-violet' }
const icons = { fixed: FixedIcon, computed: ComputedIcon, agent: AgentIcon }

/** In a row of a tool's form: three ways are too many for one button. */
function ModeMenu({ label, mode, sides, onChange }: Omit<ModeToggleProps, 'compact'>) {
  const t = useT('forms')
  const Icon = icons[mode]
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={t('mode.group', { field: label })}
          className={clsx('w-7! shrink-0', mode === 'fixed' ? 'text-faint!' : `${tones[mode]}!`)}
        >
          <Icon aria-hidden />
        </IconButton>
      }
    >
      <MenuRadios
        label={label}
        value={mode}
        options={sides.map((side) => {
          const SideIcon = icons[side]
          return { value: side, label: t(`mode.${side}`), icon: <SideIcon aria-hidden /> }
        })}
        onChange={(side) => side !== mode && onChange(side)}
      />
    </Menu>
  )
}
