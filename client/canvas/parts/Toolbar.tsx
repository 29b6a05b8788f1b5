import { useT } from '../../lib/use-t.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Editor } from '../actions/action.ts'
import { toolbarActions } from '../actions/all.ts'
import { isMac, shortcutText } from '../actions/shortcut.ts'
import { useEditor } from '../store.ts'

/** The few buttons at the foot of the canvas. */
export function Toolbar({ editor }: { editor: Editor }) {
  const t = useT('editor')
  const readonly = useEditor((state) => state.readonly)
  // What can be done follows from the history; the rest of the state does not matter here.
  useEditor((state) => state.history)
  useEditor((state) => state.document.nodes.length)
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar')}
      className="absolute bottom-3 left-3 z-10 flex items-center rounded-md border border-line bg-surface p-0.5"
    >
      {toolbarActions.map((group, index) => {
        const shown = readonly
          ? group.filter((action) => action.id.startsWith('zoom') || action.id === 'fitView')
          : group
        if (shown.length === 0) return null
        return (
          <div key={group[0]?.id} className={index > 0 ? 'ml-0.5 flex border-line border-l pl-0.5' : 'flex'}>
            {shown.map((action) => (
              <IconButton
                key={action.id}
                size="sm"
                label={t(`actions.${action.id}`)}
                shortcut={action.shortcuts[0] && shortcutText(action.shortcuts[0], isMac)}
                disabled={!action.when(editor)}
                onClick={() => void action.perform(editor)}
              >
                <action.icon />
              </IconButton>
            ))}
          </div>
        )
      })}
    </div>
  )
}
