import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { Tenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { isCommandChord } from './shortcut.ts'
import { type Command, useCommands } from './use-commands.ts'

export interface CommandMenuProps {
  tenant: Tenant | null
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Everything one can go to or do, by typing. Opens with Ctrl K or ⌘K. */
export function CommandMenu({ tenant, open, onOpenChange }: CommandMenuProps) {
  const t = useT('shell')
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isCommandChord(event) || event.defaultPrevented) return
      event.preventDefault()
      onOpenChange(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onOpenChange])
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('commands.title')}>
      <CommandList tenant={tenant} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function CommandList({ tenant, onDone }: { tenant: Tenant | null; onDone: () => void }) {
  const t = useT('shell')
  const listId = useId()
  const commands = useCommands(tenant)
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const found = matching(commands, search)
  const active = Math.min(at, found.length - 1)
  const run = (command: Command | undefined) => {
    if (!command) return
    onDone()
    command.perform()
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && found.length > 0) {
      event.preventDefault()
      setAt((active + step + found.length) % found.length)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      run(found[active])
    }
  }
  return (
    <>
      <TextInput
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found[active] ? `${listId}-${active}` : undefined}
        aria-label={t('commands.open')}
        icon={<Search />}
        placeholder={t('commands.placeholder')}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('commands.open')} className="mt-2 h-72 overflow-y-auto">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is the combobox's, which points here
          <div
            key={command.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            ref={index === active ? scrollIntoView : undefined}
            onClick={() => run(command)}
            onPointerMove={() => setAt(index)}
            className={clsx(
              'flex min-h-9 cursor-pointer items-center gap-3 rounded-sm px-2.5 [&_svg]:size-4 [&_svg]:text-faint',
              index === active && 'bg-hover',
            )}
          >
            <command.icon aria-hidden strokeWidth={1.75} />
            <span className="min-w-0 truncate">{command.label}</span>
          </div>
        ))}
        {found.length === 0 && <p className="px-2.5 py-6 text-center text-muted">{t('commands.none')}</p>}
      </div>
    </>
  )
}

const scrollIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })

/** Commands that have every typed word in their label, in their own order. */
function matching(commands: readonly Command[], search: string): Command[] {
  const words = search.trim().toLocaleLowerCase().split(/\s+/)
  return commands.filter(({ label }) => words.every((word) => label.toLocaleLowerCase().includes(word)))
}
