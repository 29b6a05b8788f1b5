import type { NodeWords } from '../../node-words.ts'

const message = { title: 'Mensagem' }
const spreadsheet = {
  title: 'Planilha',
  help: 'O endereço dela no navegador, ou o ID.',
  placeholder: 'https://docs.google.com/spreadsheets/d/…',
}
const sheet = { title: 'Aba', help: 'O nome que está na aba.' }
const values = {
  title: 'Os valores são',
  help: 'Como se digitados: datas e números são reconhecidos, e o que começa com = vira fórmula. Não use com textos de desconhecidos.',
  options: { raw: 'Guardados como estão', typed: 'Como se digitados' },
}

/** Gmail and Google Sheets. */
export const googleNodes: Readonly<Record<string, NodeWords>> = {
  gmail_new_mail: {
    title: 'Novo e-mail no Gmail',
    summary: 'Começa a cada mensagem que chega a uma conta do Google.',
    line: 'Quando chega e-mail {query}',
    examples: ['A mensagem de um cliente'],
    fields: {
      query: {
        title: 'Só o que combina com',
        help: 'Como na busca do Gmail: from:ada@example.com has:attachment.',
      },
      everyMinutes: { title: 'Olhar a cada', help: 'Minutos.' },
    },
  },
  gmail_send: {
    title: 'Enviar pelo Gmail',
    summary: 'Envia uma mensagem de uma conta do Google, ou responde a uma.',
    line: 'E-mail para {to}: {subject}',
    examples: ['Escrever a um cliente'],
    fields: {
      to: { title: 'Para', placeholder: 'ada@example.com' },
      cc: { title: 'Cópia' },
      bcc: { title: 'Cópia oculta' },
      subject: {
        title: 'Assunto',
        help: 'Vazio numa resposta: então é o da mensagem respondida.',
      },
      body: message,
      'body/text': { title: 'Texto' },
      'body/text/text': { title: 'Texto' },
      'body/html': { title: 'HTML' },
      'body/html/html': { title: 'HTML' },
      answers: {
        title: 'Responde à mensagem',
        help: 'O ID de uma mensagem do Gmail; esta entra na conversa dela.',
      },
      files: { title: 'Arquivos' },
    },
  },
  gmail_search: {
    title: 'Buscar no Gmail',
    summary: 'Acha mensagens do mesmo jeito que a busca do Gmail.',
    line: 'Buscar e-mail: {query}',
    examples: ['Faturas não lidas'],
    fields: {
      query: {
        title: 'Busca',
        help: 'Como no Gmail: from:ada@example.com is:unread newer_than:7d.',
        placeholder: 'is:unread subject:fatura',
      },
      most: { title: 'No máximo' },
    },
  },
  gmail_read: {
    title: 'Ler uma mensagem do Gmail',
    summary: 'Traz o texto inteiro de uma mensagem e, se você quiser, os anexos.',
    line: 'Ler a mensagem {id}',
    examples: ['Uma mensagem simples'],
    fields: {
      id: { title: 'ID da mensagem' },
      files: {
        title: 'Guardar os anexos',
        help: 'Viram arquivos que os próximos passos podem enviar. No máximo 25 MB.',
      },
    },
  },
  gmail_label: {
    title: 'Marcar uma mensagem do Gmail',
    summary: 'Põe e tira marcadores: lida é sem UNREAD, arquivada é sem INBOX.',
    line: 'Marcar a mensagem {id}',
    examples: ['Marcar como lida e resolvida'],
    fields: {
      id: { title: 'ID da mensagem' },
      add: { title: 'Pôr', help: 'Pelo nome. Um marcador que não existe é criado.' },
      remove: { title: 'Tirar', help: 'Pelo nome.' },
    },
  },
  sheets_read: {
    title: 'Ler uma planilha do Google',
    summary: 'Traz as linhas de uma aba, cada uma como objeto com os nomes da primeira linha.',
    line: 'Ler {sheet}',
    examples: ['Preços'],
    fields: {
      spreadsheet,
      sheet,
      range: {
        title: 'Intervalo',
        help: 'Como A1:D20; vazio para a aba inteira. A primeira linha dele tem os nomes.',
        placeholder: 'A1:D20',
      },
      values: {
        title: 'Trazer',
        options: { values: 'Os valores', shown: 'O que a planilha mostra', formulas: 'As fórmulas' },
      },
      most: { title: 'No máximo', help: 'Linhas.' },
    },
  },
  sheets_append: {
    title: 'Acrescentar linhas a uma planilha',
    summary: 'Escreve linhas novas abaixo das que existem, cada valor na coluna do nome dele.',
    line: 'Acrescentar linhas a {sheet}',
    examples: ['Guardar um contato'],
    fields: {
      spreadsheet,
      sheet,
      rows: {
        title: 'Linhas',
        help: 'Um objeto, ou uma lista deles, com os nomes da primeira linha como chaves.',
        placeholder: '[{ "nome": "Ada", "total": 12 }]',
      },
      values,
    },
  },
  sheets_update: {
    title: 'Escrever células de uma planilha',
    summary: 'Põe valores num intervalo, por cima do que está lá.',
    line: 'Escrever {range} de {sheet}',
    examples: ['Uma célula'],
    fields: {
      spreadsheet,
      sheet,
      range: { title: 'Intervalo', help: 'Onde começa, como B2; ou inteiro, como B2:C3.', placeholder: 'B2' },
      cells: {
        title: 'Valores',
        help: 'Uma lista de linhas, cada uma uma lista de valores. Um valor sozinho é uma célula.',
        placeholder: '[["caneca", 12.5]]',
      },
      values,
    },
  },
  sheets_upsert: {
    title: 'Acrescentar ou alterar linhas de uma planilha',
    summary: 'Altera a linha que tem o mesmo valor numa coluna, e acrescenta quando não há.',
    line: 'Acrescentar ou alterar linhas de {sheet} por {key}',
    examples: ['Manter um cliente em dia'],
    fields: {
      spreadsheet,
      sheet,
      key: { title: 'Igual por', help: 'A coluna que distingue as linhas.', placeholder: 'email' },
      rows: {
        title: 'Linhas',
        help: 'Um objeto, ou uma lista deles. As colunas que não nomeiam ficam como estão.',
      },
      values,
    },
  },
}
