import { Plus } from 'lucide-react'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { freePort } from '../add-node.ts'
import { lendingIn } from '../tools.ts'
import { chosenKey } from '../verbs.ts'
import { type Action, canEdit } from './action.ts'

export const openPalette: Action = {
  id: 'openPalette',
  icon: Plus,
  shortcuts: ['/', 'Mod+K'],
  when: canEdit,
  perform: ({ store }) => {
    const state = store.getState()
    const node = state.document.nodes.find((each) => each.key === chosenKey(state))
    // Nothing follows a tool; what is added beside it is another tool of its agent.
    const agent = node && lendingIn(state.document).agentOf.get(node.key)
    const from =
      agent === undefined
        ? node && { key: node.key, port: freePort(state.document, { node, find: state.find }) }
        : { key: agent, port: TOOLS_PORT }
    store.setState({
      palette: {
        ...(from ? { from } : {}),
        ...(state.selectedEdge === null ? {} : { edge: state.selectedEdge }),
      },
    })
  },
}
