import type { Action } from './action.ts'
import { addTool } from './add-tool.ts'
import { clearSelection } from './clear-selection.ts'
import { connectTo } from './connect-to.ts'
import { copy } from './copy.ts'
import { cut } from './cut.ts'
import { duplicate } from './duplicate.ts'
import { fitView } from './fit-view.ts'
import { leaveFrame } from './leave-frame.ts'
import { lendTool } from './lend-tool.ts'
import { moveFocusActions } from './move-focus.ts'
import { nudgeActions } from './nudge.ts'
import { openPalette } from './open-palette.ts'
import { openPanel } from './open-panel.ts'
import { paste } from './paste.ts'
import { redo } from './redo.ts'
import { remove } from './remove.ts'
import { save } from './save.ts'
import { selectAll } from './select-all.ts'
import { showShortcuts } from './show-shortcuts.ts'
import { tidyUp } from './tidy-up.ts'
import { toggleOverview } from './toggle-overview.ts'
import { undo } from './undo.ts'
import { zoomIn } from './zoom-in.ts'
import { zoomOut } from './zoom-out.ts'

/** Everything a user can do on the canvas. Where two share a key, the first that can be done is. */
export const allActions: readonly Action[] = [
  openPalette,
  connectTo,
  addTool,
  lendTool,
  openPanel,
  undo,
  redo,
  copy,
  cut,
  paste,
  duplicate,
  remove,
  selectAll,
  clearSelection,
  leaveFrame,
  tidyUp,
  fitView,
  toggleOverview,
  zoomIn,
  zoomOut,
  save,
  showShortcuts,
  ...moveFocusActions,
  ...nudgeActions,
]

/** What the menu of a right click offers, in groups. */
export const menuActions: readonly (readonly Action[])[] = [
  [openPanel, openPalette, connectTo, addTool, lendTool],
  [copy, cut, paste, duplicate],
  [leaveFrame, tidyUp, selectAll],
  [remove],
]

/** The buttons at the foot of the canvas. */
export const toolbarActions: readonly (readonly Action[])[] = [
  [undo, redo],
  [zoomOut, zoomIn, fitView, toggleOverview, tidyUp],
  [showShortcuts],
]
