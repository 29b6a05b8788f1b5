import type { NodeWords } from '../../node-words.ts'

const path = {
  title: 'Caminho',
  help: 'A última parte do endereço da página: letras minúsculas, dígitos, - e _.',
}

/** Nodes by which people who are not makers meet a workflow. */
export const peopleNodes: Readonly<Record<string, NodeWords>> = {
  trigger_chat: {
    title: 'Página de chat',
    summary:
      'Começa a cada mensagem escrita numa página de chat, que qualquer pessoa com o endereço pode abrir.',
    line: 'Quando alguém escreve em /chat/{path}',
    examples: ['Responder a perguntas'],
    fields: {
      path: { ...path, placeholder: 'atendimento' },
      title: { title: 'Título', help: 'Fica acima do chat.' },
      greeting: { title: 'Saudação', help: 'O que as pessoas veem primeiro.' },
      suggestions: {
        title: 'Sugestões',
        help: 'Primeiras mensagens, enviadas com um clique, como “Onde está meu pedido?”.',
      },
      accent: { title: 'Cor', help: 'Dos botões da página, como #0f766e.', placeholder: '#0f766e' },
      answer: {
        title: 'A resposta',
        help: 'Quando a execução termina: a última saída dela, ou o texto que há nela. Com um nó Responder: o corpo desse nó. O que um agente escreve aparece enquanto ele escreve.',
        options: { when_done: 'O que sai no fim da execução', by_node: 'O que um nó Responder diz' },
      },
    },
  },
  trigger_form: {
    title: 'Página de formulário',
    summary:
      'Começa quando alguém preenche um formulário numa página, que qualquer pessoa com o endereço pode abrir.',
    line: 'Quando alguém preenche /forms/{path}',
    examples: ['Receber um contato', 'Informar despesas'],
    fields: {
      path: { ...path, placeholder: 'contato' },
      title: { title: 'Título', help: 'Fica acima do formulário.' },
      description: { title: 'Descrição', help: 'Para que serve o formulário, em uma ou duas frases.' },
      fields: { title: 'Campos', help: 'O que se preenche, de cima para baixo.' },
      'fields/name': {
        title: 'Nome',
        help: 'Como as expressões o chamam: letras, dígitos e _.',
        placeholder: 'email',
      },
      'fields/label': { title: 'Rótulo', placeholder: 'Seu e-mail' },
      'fields/kind': {
        title: 'Tipo',
        options: {
          text: 'Texto',
          long_text: 'Texto longo',
          email: 'E-mail',
          number: 'Número',
          choice: 'Escolha',
          checkbox: 'Caixa de marcar',
          date: 'Data',
          file: 'Arquivo',
        },
      },
      'fields/required': { title: 'Obrigatório' },
      'fields/options': { title: 'Opções', help: 'Para uma escolha: as opções.' },
      answer: {
        title: 'Depois mostrar',
        options: { thanks: 'O texto abaixo', by_node: 'O que um nó Responder diz' },
      },
      thanks: { title: 'Texto de depois' },
    },
  },
}
