import { EXPRESSION_DRAG, type Picked } from './scope.ts'

/** Beside the expression: the lists its path goes into. */
const LISTS = 'application/x-trama-lists'

export function startDrag(transfer: DataTransfer, picked: Picked) {
  transfer.effectAllowed = 'copy'
  transfer.setData(EXPRESSION_DRAG, picked.expr)
  transfer.setData(LISTS, JSON.stringify(picked.lists))
  transfer.setData('text/plain', picked.expr)
}

export const holdsPicked = (transfer: DataTransfer) => transfer.types.includes(EXPRESSION_DRAG)

/** What was dropped, or null when it is something else. */
export function readDrag(transfer: DataTransfer): Picked | null {
  const expr = transfer.getData(EXPRESSION_DRAG)
  if (expr === '') return null
  return { expr, lists: readLists(transfer.getData(LISTS)) }
}

function readLists(text: string): string[] {
  if (text === '') return []
  const lists: unknown = JSON.parse(text)
  return Array.isArray(lists) ? lists.filter((list): list is string => typeof list === 'string') : []
}
