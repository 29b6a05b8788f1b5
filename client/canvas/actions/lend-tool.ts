import { Unplug } from 'lucide-react'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { type Action, canEdit } from './action.ts'
import { chosenAgent } from './add-tool.ts'

/** Makes a step that is there a tool of the chosen agent, without a mouse. */
export const lendTool: Action = {
  id: 'lendTool',
  icon: Unplug,
  shortcuts: ['Shift+T'],
  when: (editor) => canEdit(editor) && chosenAgent(editor) !== null,
  perform: (editor) => {
    const agent = chosenAgent(editor)
    if (!agent) return
    editor.store.setState({ palette: { from: { key: agent.key, port: TOOLS_PORT }, existing: true } })
  },
}
