import type { agents as en } from '../en/agents.ts'
import type { Translation } from '../translation.ts'

export const agents: Translation<typeof en> = {
  tools: 'Ferramentas',
  fills: 'O agente preenche',
  fillsWith: 'O que o agente coloca em {field}',
  fillsHint: 'O que o agente deve colocar aqui',
  tool: {
    title: 'Ferramenta',
    intro: 'O agente chama esta etapa quando precisa dela.',
    name: 'Nome',
    nameHelp: 'Como o modelo a chama. Letras minúsculas, dígitos e _.',
    description: 'Descrição para o agente',
    descriptionHelp: 'O que ela faz e quando usá-la. Sem descrição, o agente lê o que a etapa é.',
    approval: 'Quem aprova cada chamada',
    approvalHelp:
      'A execução espera até que alguém com este papel, ou um superior, veja o que o agente quer fazer.',
    nobody: 'Ninguém',
    editor: 'Um editor',
    admin: 'Um administrador',
    owner: 'Um proprietário',
  },
}
