import { useT } from '../../lib/use-t.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Editor } from '../actions/action.ts'
import { toolbarActions } from '../actions/all.ts'
import { fitView } from '../actions/fit-view.ts'
import { isMac, shortcutText } from '../actions/shortcut.ts'
import { toggleOverview } from '../actions/toggle-overview.ts'
import { zoomIn } from '../actions/zoom-in.ts'
import { zoomOut } from '../actions/zoom-out.ts'
import { useEditor } from '../store.ts'

const lookOnly: ReadonlySet<string> = new Set([zoomIn.id, zoomOut.id, fitView.id, toggleOverview.id])

/** The few buttons at the foot of the canvas. */
export function Toolbar({ editor }: { editor: Editor }) {
  const t = useT('editor')
  const readonly = useEditor((state) => state.readonly)
  // What can be done follows from the history; the rest of the state does not matter here.
  useEditor((state) => state.history)
  useEditor((state) => state.document.nodes.length)
  useEditor((state) => state.overview)
  const groups = toolbarActions
    .map((group) =>
      group
        .filter((action) => !readonly || lookOnly.has(action.id))
        // A drawing that is seen whole has no use for it.
        .filter((action) => action !== toggleOverview || action.when(editor)),
    )
    .filter((group) => group.length > 0)
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar')}
      className="absolute bottom-3 left-3 z-10 flex items-center rounded-md border border-line bg-surface p-0.5"
    >
      {groups.map((shown, index) => (
        <div key={shown[0]?.id} className={index > 0 ? 'ml-0.5 flex border-line border-l pl-0.5' : 'flex'}>
          {shown.map((action) => (
            <IconButton
              key={action.id}
              size="sm"
              label={t(`actions.${action.id}`)}
              shortcut={action.shortcuts[0] && shortcutText(action.shortcuts[0], isMac)}
              disabled={!action.when(editor)}
              aria-pressed={action.pressed?.(editor)}
              className="aria-pressed:text-accent"
              onClick={() => void action.perform(editor)}
            >
              <action.icon />
            </IconButton>
          ))}
        </div>
      ))}
    </div>
  )
}
