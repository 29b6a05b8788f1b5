import type { FieldWords, NodeWords } from '../../node-words.ts'

const units = { minutes: 'minutos', hours: 'horas', days: 'dias' }

function waiting(at: string, words: FieldWords): Record<string, FieldWords> {
  return {
    [at]: words,
    [`${at}/none`]: { title: 'O tempo que for preciso' },
    [`${at}/after`]: { title: 'Por um tempo' },
    [`${at}/after/amount`]: { title: 'Quanto tempo' },
    [`${at}/after/unit`]: { title: 'Unidade', options: units },
  }
}

const deadline = waiting('deadline', {
  title: 'Esperar',
  help: 'Quando o tempo acaba, a execução segue pela porta Expirado.',
})

const role: FieldWords = {
  title: 'Quem pode responder',
  help: 'Membros com este papel, e os que podem mais.',
  options: { viewer: 'Todos', editor: 'Editores', admin: 'Administradores', owner: 'Proprietários' },
}

const field: Readonly<Record<string, FieldWords>> = {
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
  'fields/required': { title: 'Precisa ser preenchido' },
  'fields/options': { title: 'Opções', help: 'Para uma escolha: entre o que se escolhe.' },
}

/** Nodes that go round, call, wait for others and ask people. */
export const flowMoreNodes: Readonly<Record<string, NodeWords>> = {
  flow_repeat: {
    title: 'Repetir',
    summary: 'Executa de novo os passos dentro dele, até que algo aconteça.',
    line: 'Repetir, no máximo {most} vezes',
    examples: ['Três vezes', 'Cem vezes no máximo'],
    fields: {
      until: {
        title: 'Até que',
        help: 'Verificado depois de cada volta. Aqui, item é o que a volta deu; lá dentro, item é o que a volta anterior deu (null na primeira) e index é o número da volta, a partir de 0.',
      },
      most: {
        title: 'Voltas no máximo',
        help: 'Depois disso segue adiante, mesmo que ainda não seja assim.',
      },
    },
  },
  flow_try: {
    title: 'Tentar',
    summary: 'Executa as etapas dentro dele, outras se uma delas falhar, e outras ainda em qualquer caso.',
    line: 'Tentar',
    examples: ['Etapas que podem falhar'],
    fields: {},
  },
  flow_call: {
    title: 'Chamar um fluxo',
    summary: 'Executa outro fluxo da equipe e entrega o que sai dele.',
    line: 'Chamar um fluxo com {input}',
    examples: ['Com um pedido', 'Sem esperar por ele', 'Ele falha'],
    fields: {
      workflow: { title: 'Fluxo', help: 'Ele tem um gatilho “Quando chamado” e está publicado.' },
      input: { title: 'Entrada', help: 'O que o gatilho dele entrega.', placeholder: '{ "pedido": 17 }' },
      wait: { title: 'Esperar que termine', help: 'Se não, esta execução segue logo adiante.' },
      ...waiting('deadline', { title: 'No máximo', help: 'Quando o tempo acaba, o passo falha.' }),
    },
  },
  flow_wait_webhook: {
    title: 'Esperar uma chamada',
    summary: 'Segura a execução até que outro sistema chame um endereço só dela. Reinícios não atrapalham.',
    line: 'Esperar uma chamada de /wait/{path}',
    examples: ['Até o serviço de pagamento chamar', 'Uma hora no máximo'],
    fields: {
      path: {
        title: 'Caminho',
        help: 'A última parte do endereço, depois de /hooks/sua-equipe/wait/. Diferente em cada execução e difícil de adivinhar, como run.id. Quem o conhece pode fazer a execução seguir.',
        placeholder: 'pagamento-4711',
      },
      ...deadline,
    },
  },
  person_approval: {
    title: 'Pedir aprovação',
    summary: 'Espera até que um membro aprove ou rejeite, o tempo que for preciso. Reinícios não atrapalham.',
    line: 'Pedir aprovação: {title}',
    examples: ['Um reembolso', 'Rejeitado', 'Ninguém decide em dois dias'],
    fields: {
      title: { title: 'Pergunta', placeholder: 'Reembolsar este pedido?' },
      message: { title: 'Explicação', help: 'O que é bom saber antes de decidir.' },
      data: { title: 'Dados', help: 'Mostrados a quem decide, e passados adiante.' },
      editable: { title: 'Os dados podem ser mudados', help: 'Por quem aprova, antes de seguirem.' },
      role,
      ...deadline,
      escalate: { title: 'Pedir a mais pessoas', help: 'Quando quem pode responder não responde.' },
      'escalate/none': { title: 'Nunca' },
      'escalate/after': { title: 'Depois de um tempo' },
      'escalate/after/amount': { title: 'Quanto tempo' },
      'escalate/after/unit': { title: 'Unidade', options: units },
      'escalate/after/to': {
        title: 'Então também',
        options: { editor: 'Editores', admin: 'Administradores', owner: 'Proprietários' },
      },
    },
  },
  person_form: {
    title: 'Pedir um formulário',
    summary:
      'Espera até que alguém preencha um formulário, o tempo que for preciso. Reinícios não atrapalham.',
    line: 'Pedir que preencham: {title}',
    examples: ['Detalhes da entrega', 'Ninguém preenche em uma hora'],
    fields: {
      title: { title: 'Título', placeholder: 'Detalhes da entrega' },
      message: { title: 'Explicação', help: 'Para que serve o formulário.' },
      fields: { title: 'Campos', help: 'O que se preenche, de cima para baixo.' },
      ...field,
      role,
      path: {
        title: 'Endereço aberto',
        help: 'Deixa pessoas sem conta preencherem em /forms/sua-equipe/wait/ e este caminho. Diferente a cada execução e difícil de adivinhar, como run.id. Vazio: só membros.',
      },
      ...deadline,
    },
  },
  trigger_called: {
    title: 'Quando chamado',
    summary: 'Começa quando outro fluxo da equipe chama este, ou um agente o usa como ferramenta.',
    line: 'Quando outro fluxo o chama',
    examples: ['Com qualquer coisa', 'Com um pedido'],
    fields: {
      fields: {
        title: 'Campos',
        help: 'O que quem chama entrega. Sem nenhum, só a execução sabe o que vem.',
      },
      ...field,
    },
  },
  trigger_error: {
    title: 'Quando uma execução falha',
    summary: 'Começa quando uma execução de outros fluxos da equipe falha.',
    line: 'Quando uma execução falha',
    examples: ['De qualquer fluxo'],
    fields: {
      workflows: { title: 'Destes fluxos', help: 'Sem nenhum: de qualquer fluxo.' },
    },
  },
}
