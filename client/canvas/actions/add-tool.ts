import { Wrench } from 'lucide-react'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { takesTools } from '../measures.ts'
import { chosenKey } from '../verbs.ts'
import { type Action, canEdit, type Editor } from './action.ts'

/** The chosen agent. */
export const chosenAgent = ({ store }: Editor) => {
  const state = store.getState()
  const node = state.document.nodes.find((each) => each.key === chosenKey(state))
  return node && takesTools(node, state.find) ? node : null
}

/** Opens the palette with what can be a tool of the chosen agent. */
export const addTool: Action = {
  id: 'addTool',
  icon: Wrench,
  shortcuts: ['T'],
  when: (editor) => canEdit(editor) && chosenAgent(editor) !== null,
  perform: (editor) => {
    const agent = chosenAgent(editor)
    if (agent) editor.store.setState({ palette: { from: { key: agent.key, port: TOOLS_PORT } } })
  },
}
