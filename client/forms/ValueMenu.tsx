import { clsx } from 'clsx'
import { Bot, Braces, ChevronDown, Hash, SquareFunction, ToggleLeft, Type } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, MenuRadios } from '#client/ui/Menu.tsx'
import type { Json } from '#nodes/kit/index.ts'
import { asType, kindOfValue } from './fields/value-kind.ts'
import type { Mode } from './modes.ts'

const icons = {
  text: Type,
  number: Hash,
  boolean: ToggleLeft,
  json: Braces,
  computed: SquareFunction,
  agent: Bot,
}
const all = ['text', 'number', 'boolean', 'json', 'computed', 'agent'] as const

const tones = { fixed: 'text-faint!', computed: 'text-accent!', agent: 'text-violet!' }

export interface ValueMenuProps {
  label: string
  value: Json | undefined
  onChange: (value: Json) => void
  mode: Mode
  /** The ways it can be given. */
  sides: readonly Mode[]
  onMode: (mode: Mode) => void
  compact?: boolean
}

/** For a field that takes anything: of what type its value is, or that it is computed. */
export function ValueMenu({ label, value, onChange, mode, sides, onMode, compact }: ValueMenuProps) {
  const t = useT('forms')
  const choices = all.filter((choice) => choice !== 'agent' || sides.includes('agent'))
  const current = mode === 'fixed' ? kindOfValue(value) : mode
  const Icon = icons[current]
  const name = t('value.type', { field: label, type: t(`value.${current}`) })
  const pick = (choice: (typeof all)[number]) => {
    if (choice === current) return
    if (choice === 'computed' || choice === 'agent') onMode(choice)
    else if (mode !== 'fixed' && choice === 'text') onMode('fixed')
    else if (mode === 'agent') onChange(asType(undefined, choice))
    else onChange(asType(value, choice))
  }
  return (
    <Menu
      align="end"
      trigger={
        compact ? (
          <IconButton label={name} className={clsx('w-7!', tones[mode])}>
            <Icon aria-hidden className="size-3.5!" />
          </IconButton>
        ) : (
          <Button
            size="sm"
            variant="quiet"
            aria-label={name}
            className="-mr-1.5 h-5! gap-1! px-1.5! font-normal! text-faint! text-xs!"
          >
            {t(`value.${current}`)}
            <ChevronDown aria-hidden className="size-3!" />
          </Button>
        )
      }
    >
      <MenuRadios
        label={t('value.choose')}
        value={current}
        options={choices.map((choice) => {
          const ChoiceIcon = icons[choice]
          return {
            value: choice,
            label: t(choice === 'text' ? 'value.textOrData' : `value.${choice}`),
            icon: <ChoiceIcon aria-hidden />,
          }
        })}
        onChange={pick}
      />
    </Menu>
  )
}
