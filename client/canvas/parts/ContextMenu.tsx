import { DropdownMenu } from 'radix-ui'
import { Fragment } from 'react'
import { useT } from '../../lib/use-t.ts'
import { floatClass, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import type { Editor } from '../actions/action.ts'
import { menuActions } from '../actions/all.ts'
import { isMac, shortcutText } from '../actions/shortcut.ts'
import type { Point } from '../document.ts'

export interface ContextMenuProps {
  editor: Editor
  /** On the screen; null while it is closed. */
  at: Point | null
  onClose: () => void
}

/** What can be done with what was right-clicked. */
export function ContextMenu({ editor, at, onClose }: ContextMenuProps) {
  const t = useT('editor')
  if (!at) return null
  const groups = menuActions
    .map((group) => group.filter((action) => action.when(editor)))
    .filter((group) => group.length > 0)
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="fixed size-0" style={{ left: at.x, top: at.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={t('menu')}
          className={`${floatClass} min-w-52 p-1`}
        >
          {groups.map((group, index) => (
            <Fragment key={group[0]?.id}>
              {index > 0 && <MenuSeparator />}
              {group.map((action) => (
                <MenuItem
                  key={action.id}
                  icon={<action.icon />}
                  tone={action.id === 'remove' ? 'danger' : 'plain'}
                  shortcut={action.shortcuts[0] && shortcutText(action.shortcuts[0], isMac)}
                  onSelect={() => void action.perform(editor)}
                >
                  {t(`actions.${action.id}`)}
                </MenuItem>
              ))}
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
